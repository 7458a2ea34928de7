import type { FRAME_DEFINITIONS } from "./definitions.ts";

type Definitions = typeof FRAME_DEFINITIONS;

interface Values {
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
  readonly null: null;
  readonly object: Readonly<Record<string, unknown>>;
  readonly array: readonly unknown[];
}

type Named<Name> = Name extends keyof Definitions ? FrameOf<Definitions[Name]> : never;

type Typed<Type> = Type extends keyof Values
  ? Values[Type]
  : Type extends readonly (infer Either extends keyof Values)[]
    ? Values[Either]
    : unknown;

type RequiredOf<Schema> = Schema extends { readonly required: readonly (infer Name)[] } ? Name : never;

type Fields<Schema, Properties> = {
  readonly [Name in keyof Properties as Name extends RequiredOf<Schema> ? Name : never]: FrameOf<
    Properties[Name]
  >;
} & {
  readonly [Name in keyof Properties as Name extends RequiredOf<Schema> ? never : Name]?: FrameOf<
    Properties[Name]
  >;
};

/** One object type instead of several put together, and without a name: an editor and an error show its fields. */
type Flat<Type> = Type extends infer Whole ? { [Name in keyof Whole]: Whole[Name] } : never;

/**
 * The type of what a schema describes. Fields that a schema allows and does not name are not in it: a receiver that reads one
 * does not compile.
 */
export type FrameOf<Schema> = Schema extends { readonly $ref: `#/$defs/${infer Name}` }
  ? Named<Name>
  : Schema extends { readonly const: infer Value }
    ? Value
    : Schema extends { readonly enum: readonly (infer Value)[] }
      ? Value
      : Schema extends { readonly items: infer Item }
        ? readonly FrameOf<Item>[]
        : Schema extends { readonly properties: infer Properties }
          ? Flat<Fields<Schema, Properties>>
          : Schema extends { readonly type: infer Type }
            ? Typed<Type>
            : unknown;
