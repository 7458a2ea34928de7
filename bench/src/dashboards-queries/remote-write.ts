import type { SyntheticSeries } from "@sockscope/stack/synthetic";

/*
 * Prometheus' remote write, as far as it takes to load a day: promtool reads text, which takes minutes for as much.
 * See https://prometheus.io/docs/concepts/remote_write_spec/.
 */

/** Bytes of a sample: a tag and a length, a tag and a double, a tag and a varint of a moment in ms of our times. */
const SAMPLE_BYTES = 18;
const MOMENT_BYTES = 6;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

/** A field of bytes, as Protocol Buffers have it. */
function field(number: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return Buffer.concat([varint(number * 8 + 2), varint(length), ...content]);
}

function labelsOf({ name, labels }: SyntheticSeries): Buffer {
  const all = Object.entries({ ...labels, __name__: name }).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
  return Buffer.concat(all.map(([label, value]) => field(1, text(1, label), text(2, value))));
}

function samplesOf({ at, phase }: SyntheticSeries, moments: readonly number[]): Buffer {
  const bytes = Buffer.alloc(moments.length * SAMPLE_BYTES);
  moments.forEach((moment, index) => {
    let place = index * SAMPLE_BYTES;
    bytes[place++] = 0x12;
    bytes[place++] = SAMPLE_BYTES - 2;
    bytes[place++] = 0x09;
    place = bytes.writeDoubleLE(at(moment + phase) ?? Number.NaN, place);
    bytes[place++] = 0x10;
    let rest = Math.round((moment + phase) * 1_000);
    for (let byte = 1; byte < MOMENT_BYTES; byte++) {
      bytes[place++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[place] = rest;
  });
  return bytes;
}

/** A block of Snappy that is one literal: what is on its way within a machine need not be small. */
function uncompressed(bytes: Buffer): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(5, 0xfc);
  head.writeUInt32LE(bytes.byteLength - 1, 1);
  return Buffer.concat([varint(bytes.byteLength), head, bytes]);
}

/**
 * Writes samples of these moments, in seconds since 1970, into a Prometheus that takes them.
 *
 * @throws Error with Prometheus' own words when it does not
 */
export async function remoteWrite(
  url: string,
  series: readonly SyntheticSeries[],
  moments: readonly number[],
): Promise<void> {
  const request = Buffer.concat(series.map((one) => field(1, labelsOf(one), samplesOf(one, moments))));
  const response = await fetch(`${url}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-type": "application/x-protobuf",
      "content-encoding": "snappy",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: uncompressed(request),
  });
  if (!response.ok)
    throw new Error(`Prometheus takes no samples: ${response.status} ${await response.text()}`);
}
