/** A map that keeps what was asked for last, and lets go of the rest. */
export class Recent<K, V> {
  /** In the order in which they were last asked for. */
  private readonly kept = new Map<K, V>();
  private readonly most: number;
  private readonly onGone: (key: K, value: V) => void;

  /** @param most that are kept @param onGone told of each that is let go of */
  constructor(most: number, onGone: (key: K, value: V) => void = () => undefined) {
    this.most = most;
    this.onGone = onGone;
  }

  has(key: K): boolean {
    return this.kept.has(key);
  }

  get(key: K): V | undefined {
    const value = this.kept.get(key);
    if (value === undefined) return undefined;
    this.kept.delete(key);
    this.kept.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size <= this.most) return;
    const [oldest] = this.kept;
    if (!oldest) return;
    this.kept.delete(oldest[0]);
    this.onGone(...oldest);
  }

  delete(key: K): void {
    this.kept.delete(key);
  }
}
