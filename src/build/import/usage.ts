/** What `import` takes, for those who ask: apart from the command, which is long to load. */
import { MOST_LISTED } from '../../import/limits.ts';
import { PRESET_NAMES } from '../../import/presets.ts';
import { MAPPING } from '../../import/story.ts';

export const IMPORT_USAGE = `  import FILE --story ID    a table into a story of data/, made if there is none: CSV, TSV, XLSX, GeoJSON, uMap, KML, GPX
      --dry-run             show what would change, write nothing
      --dates dmy|mdy       how 03/04/2022 is meant
      --column ROLE=NAME    which column is what: lat=Y, title=Headline; an empty name leaves it out (again and again)
      --columns SET         a known set of columns: ${PRESET_NAMES.join(', ')}
      --country KZ          the country of rows that name none
      --place NAME=NUMBER   which place of several a name means, by its GeoNames number
      --zone, --language, --title, --publisher, --collection article|context, --source ID, --sheet NAME
      --fit                 let the story's days and bounds follow the table
      --skip-errors         leave out the rows with errors
      --overwrite           let the table win over what was changed by hand
      --rows                a file of rows, as a table of more than ${MOST_LISTED.toLocaleString('en')} rows becomes of itself
      --save                keep these choices in the story's ${MAPPING}
      --format json         for tools`;
