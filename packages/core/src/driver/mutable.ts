/** A plan or a call while it is made: filled in by assignment, since it is on the way of every call and objects spread together cost ten times as much. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] }
