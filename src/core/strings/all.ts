/** Every language at once, for the build and for tests. Never in a reader's page. */
import * as en from './compiled/en.js';
import * as kk from './compiled/kk.js';
import * as ko from './compiled/ko.js';
import * as ru from './compiled/ru.js';
import { addStrings } from './strings.ts';

for (const [language, module] of Object.entries({ en, ru, kk, ko })) addStrings(language, module);
