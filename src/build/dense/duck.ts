/**
 * The embedded database that reads, checks and sorts the rows of a dense story: DuckDB, within set bounds of memory. What
 * does not fit lies in a folder of ours meanwhile. It fetches nothing: its extensions are those it was built with.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

export type Cell = string | number | boolean | null;
export type ColumnType = 'VARCHAR' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN';

/** For the database alone; Node has its own beside it. With less, one thread alone would read a table of 15 columns: 8 MiB for each of two. */
const MEMORY = '260MB';
const MOST_THREADS = 4;
const LOOK_MS = 250;

export class Duck {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  /**
   * An empty database. Loaded only here: a site without dense stories needs none.
   * @param folder  for what memory has no room for; it must exist
   * @param threads the tables are the same whatever the number
   * @throws Error where this machine's system has no DuckDB on npm
   */
  static async open(folder: string, threads = Math.min(MOST_THREADS, availableParallelism())): Promise<Duck> {
    const duckdb = await import('@duckdb/node-api').catch((error: unknown) => {
      throw new Error(`Very many events are read by DuckDB, which npm could not install for ${process.platform} ${process.arch}: ${String(error)}`);
    });
    const instance = await duckdb.DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: MEMORY,
      temp_directory: folder,
      // Gives back what is freed while other statements run: some 60 MB less at the most.
      allocator_background_threads: 'true',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const duck = new Duck(instance, await instance.connect());
    // Counted, for `run` to tell of, and not drawn.
    await duck.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
    return duck;
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** @param onShare told now and then how much is done, from 0 to 1 */
  async run(sql: string, values: DuckDBValue[] = [], onShare?: (share: number) => void): Promise<void> {
    const timer = onShare && setInterval(() => onShare(Math.max(0, Math.min(1, this.connection.progress.percentage / 100))), LOOK_MS);
    try {
      await this.connection.run(sql, given(values));
    } finally {
      clearInterval(timer);
    }
  }

  /** Run one of the files of `sql/`, statement by statement. */
  async script(name: string, onShare?: (share: number) => void): Promise<void> {
    await this.run(sqlText(name), [], onShare);
  }

  /** Drop a table or view that is needed no more, if there is one. */
  async forget(name: string): Promise<void> {
    const [found] = await this.rows<{ kind: string }>('SELECT table_type AS kind FROM information_schema.tables WHERE table_name = $1', [name]);
    if (found) await this.run(`DROP ${found.kind === 'VIEW' ? 'VIEW' : 'TABLE'} ${name}`);
  }

  /** All rows of a small answer. Whole numbers of 64 bits are given as numbers. */
  async rows<T extends object>(sql: string, values: DuckDBValue[] = []): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql, given(values));
    return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === 'bigint' ? Number(v) : v])) as T);
  }

  async row<T extends object>(sql: string, values: DuckDBValue[] = []): Promise<T> {
    const [row] = await this.rows<T>(sql, values);
    if (!row) throw new Error(`Expected a row from: ${sql}`);
    return row;
  }

  /** A long answer, some two thousand rows at a time, as one array for each column. Only one can be open. */
  async *chunks(sql: string): AsyncGenerator<DuckDBValue[][]> {
    for await (const chunk of await this.connection.stream(sql)) yield chunk.getColumns();
  }

  /** Answers in their order, each asked for while the one before is worked on. */
  async *ahead<T extends object>(queries: Iterable<string>): AsyncGenerator<T[]> {
    let next: Promise<T[]> | null = null;
    try {
      for (const sql of queries) {
        const now = await next;
        next = this.rows<T>(sql);
        if (now) yield now;
      }
      const last = await next;
      if (last) yield last;
    } finally {
      // Nothing may be under way when the database is closed.
      await next?.catch(() => undefined);
    }
  }

  /** Make a table of what is at hand. @param columns name → type */
  async fill(table: string, columns: Readonly<Record<string, ColumnType>>, rows: Iterable<readonly Cell[]>): Promise<void> {
    await this.run(
      `CREATE TABLE ${table} (${Object.entries(columns)
        .map(([name, type]) => `${name} ${type}`)
        .join(', ')})`,
    );
    await this.append(table, Object.values(columns), rows);
  }

  async append(table: string, types: readonly ColumnType[], rows: Iterable<readonly Cell[]>): Promise<void> {
    const to = await this.connection.createAppender(table);
    for (const row of rows) {
      for (const [i, cell] of row.entries()) {
        if (cell === null) to.appendNull();
        else if (types[i] === 'VARCHAR') to.appendVarchar(String(cell));
        else if (types[i] === 'INTEGER') to.appendInteger(Number(cell));
        else if (types[i] === 'DOUBLE') to.appendDouble(Number(cell));
        else to.appendBoolean(Boolean(cell));
      }
      to.endRow();
    }
    to.closeSync();
  }
}

/** Without values a query is one step in a thread of its own; with them it is several, and each waits for Node's to be free. */
function given(values: DuckDBValue[]): DuckDBValue[] | undefined {
  return values.length > 0 ? values : undefined;
}

/** The text of a file of `sql/`. */
export function sqlText(name: string): string {
  return readFileSync(join(import.meta.dirname, 'sql', name), 'utf8');
}

/** A text inside SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
