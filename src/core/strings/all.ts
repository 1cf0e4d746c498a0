/** Every language at once, for the build and for tests. Never in a reader's page. */
import * as en from './compiled/en.js';
import { addStrings } from './strings.ts';

for (const [language, module] of Object.entries({ en })) addStrings(language, module);
