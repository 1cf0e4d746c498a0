/** Columns of numbers that grow as rows are read. */

type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

export class Grow<T extends Numbers> {
  private values: T;
  length = 0;
  private readonly make: (length: number) => T;

  constructor(make: (length: number) => T) {
    this.make = make;
    this.values = make(1024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = this.make(Math.ceil(this.values.length * 1.6));
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  /** What has been pushed so far; no copy. */
  all(): T {
    return this.values.subarray(0, this.length) as T;
  }
}
