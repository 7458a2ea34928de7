import type { Attributes, Meter } from "@opentelemetry/api";
import type { Counter, Histogram } from "@sockscope/catalog/runtime";
import { mustBe } from "../must-be.ts";
import type { Sink } from "../record/sink.ts";
import { INSTRUMENTS, type Instrument, ownInstrument } from "./instruments.ts";

/** Options of {@link otel}. */
export interface OtelOptions {
  /**
   * Metrics of the application's own, as `count` and `record` get them. Default: none; one that is not here is exported under
   * its name all the same, but its labels are `sockscope.label.1` and so on, and its buckets are those of the meter.
   */
  readonly metrics?: readonly (Counter | Histogram)[];
}

/** What is recorded under one series. */
type Recording = (value: number) => void;

/**
 * A sink that records everything as metrics of OpenTelemetry, under the names of docs/OPENTELEMETRY.md. What the meter throws,
 * `start` says, once.
 *
 * @param meter of a provider that has its readers already
 * @throws TypeError with the code `SOCKSCOPE_ERR_OPTIONS` when it is no meter
 */
export function otel(meter: Meter, { metrics = [] }: OtelOptions = {}): Sink {
  const isMeter = typeof meter?.createCounter === "function" && typeof meter.createHistogram === "function";
  mustBe("otel: the meter", meter, isMeter, "as metrics.getMeter(name) returns it");
  const instruments = new Map(
    [...INSTRUMENTS, ...metrics.map(ownInstrument)].map((instrument) => [instrument.series, instrument]),
  );
  const instrumentOf = (series: string): Instrument => {
    const [name = ""] = series.split("/", 1);
    return instruments.get(name) ?? unknown(name);
  };
  const counterOf = remembered((series) => counter(meter, instrumentOf(series), series));
  const histogramOf = remembered((series) => histogram(meter, instrumentOf(series), series));
  return {
    counted: (series, by) => counterOf(series)(by),
    observed: (series, value) => histogramOf(series)(value),
  };
}

function counter(meter: Meter, instrument: Instrument, series: string): Recording {
  const { name, unit } = instrument;
  const attributes = attributesOf(instrument, series);
  const made = meter.createCounter(name, { unit });
  return (by) => made.add(by, attributes);
}

function histogram(meter: Meter, instrument: Instrument, series: string): Recording {
  const { name, unit, bounds } = instrument;
  const attributes = attributesOf(instrument, series);
  const advice = bounds && { advice: { explicitBucketBoundaries: [...bounds] } };
  const made = meter.createHistogram(name, { unit, ...advice });
  return (value) => made.record(value, attributes);
}

/** A page has few series, and records into each of them again and again. */
function remembered(make: (series: string) => Recording): (series: string) => Recording {
  const all = new Map<string, Recording>();
  return (series) => {
    const known = all.get(series) ?? make(series);
    all.set(series, known);
    return known;
  };
}

/** A metric that nobody has named here, such as one of an SDK that is newer than this entry. */
function unknown(name: string): Instrument {
  return { series: name, name: name.replace(/^\./, "websocket.client."), unit: "", attributes: [] };
}

function attributesOf({ attributes, constant }: Instrument, series: string): Attributes {
  const values = series.split("/").slice(1).map(decodeURIComponent);
  const named = values.map((value, at) => [attributes[at] ?? `sockscope.label.${at + 1}`, value]);
  return { ...constant, ...Object.fromEntries(named) };
}
