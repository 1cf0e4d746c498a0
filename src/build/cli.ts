/**
 * The command line: build, release, start, dev, bundle, new, validate, schema, import. The only console, and the only exit
 * codes: 0 sound, 1 data errors, 2 usage. A command is loaded when it is asked for.
 */
import './mode.ts';
import { DATA, PORT, UsageError } from './command.ts';
import { IMPORT_USAGE } from './import/usage.ts';
import { NEW_OPTIONS } from './new/options.ts';
import { recoverIn } from './whole.ts';

/** Rows read between two words on how far an import has got. */
const SAY_EVERY = 500;

const USAGE = `Usage:
  build [--base-url URL] [--samples] [--keep-going]
                            build every story of data/ into dist/, for the address where the site will stand;
                            --samples: invented ones too; --keep-going: leave out a story with errors, build the others
  release [--base-url URL] [--keep-going]
                            the same, and an error unless that address is one that others can reach
  start [--port N] [--samples]
                            build, then serve dist/ at http://localhost:${PORT}/
  dev [--port N]            serve with reload as files change
  bundle ID [--out FOLDER]  one story as one folder that opens from a disk, in bundle/ID/
  new ID [--place TOWN | --at LNG,LAT] [--country XX] [--title TEXT] [--language TAG] [--zone ZONE] [--date DAY]
                            begin a story in data/ID/; asks for what is missing where there is a terminal
  validate [PATH] [--format json]
                            check one story (its folder, or a file in it) or all of data/
  schema                    write data/schema/ from the shapes
${IMPORT_USAGE}`;

/** Options that take no value. */
const FLAGS = new Set(['--samples', '--keep-going']);

/** The options of each command, with a value but for those of `FLAGS`. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  build: ['--base-url', '--samples', '--keep-going'],
  release: ['--base-url', '--samples', '--keep-going'],
  start: ['--port', '--samples'],
  dev: ['--port'],
  validate: ['--format', 'PATH'],
  schema: [],
  bundle: ['--out', 'PATH'],
  new: [...NEW_OPTIONS, 'PATH'],
};

const [command, ...rest] = process.argv.slice(2);
process.exitCode = await run(command, rest).catch((error: unknown) => {
  if (error instanceof UsageError) return usage(error.message);
  throw error;
});

async function run(verb: string | undefined, args: readonly string[]): Promise<number> {
  // A story that a killed run left under another name comes back before anybody looks for it.
  recoverIn(DATA);
  if (verb === 'import') return importTable(args);
  const stray = strayOf(args, OPTIONS[verb ?? ''] ?? []);
  if (verb !== undefined && verb in OPTIONS && stray !== undefined) return usage(`${verb} does not know "${stray}".`);
  switch (verb) {
    case 'build':
      return (await import('./site-commands.ts')).publish(args, false, console);
    case 'release':
      return (await import('./site-commands.ts')).publish(args, true, console);
    case 'start':
      return (await import('./site-commands.ts')).start(args, console);
    case 'dev':
      return (await import('./site-commands.ts')).dev(args, console);
    case 'validate':
      return (await import('./check-commands.ts')).validate(args, console);
    case 'schema':
      return (await import('./check-commands.ts')).schema(console);
    case 'bundle':
      return (await import('./site-commands.ts')).bundle(args, console);
    case 'new':
      return (await import('./new/command.ts')).newCommand(args, DATA, console);
    default:
      console.error(verb ? `Unknown command "${verb}".\n${USAGE}` : USAGE);
      return 2;
  }
}

/** The first argument that is neither one of the options nor the value of one; paths are free where PATH is an option. */
function strayOf(args: readonly string[], options: readonly string[]): string | undefined {
  return args.find(
    (arg, i) =>
      !options.includes(arg) && (!options.includes(args[i - 1] ?? '') || FLAGS.has(args[i - 1] ?? '')) && (arg.startsWith('--') || !options.includes('PATH')),
  );
}

async function importTable(args: readonly string[]): Promise<number> {
  const { runImport } = await import('./import/command.ts');
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return runImport(args, DATA, {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    progress: (done, all) => {
      if (done % SAY_EVERY === 0) console.error(`${done} of ${all} rows read`);
    },
    long: (rows, share, aSecond) =>
      console.error(`${rows.toLocaleString('en')} rows read, ${Math.floor(100 * share)} %, ${aSecond.toLocaleString('en')} a second`),
    today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
  });
}

function usage(message: string): number {
  console.error(`${message}\n${USAGE}`);
  return 2;
}
