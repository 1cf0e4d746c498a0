/** Every language at once, for the build and for tests. Never in a reader's page. */
import * as ar from './compiled/ar.js';
import * as arLater from './compiled/ar.later.js';
import * as en from './compiled/en.js';
import * as enLater from './compiled/en.later.js';
import * as kk from './compiled/kk.js';
import * as kkLater from './compiled/kk.later.js';
import * as ko from './compiled/ko.js';
import * as koLater from './compiled/ko.later.js';
import * as ru from './compiled/ru.js';
import * as ruLater from './compiled/ru.later.js';
import { addFirst, addLater } from './strings.ts';

for (const [language, first, later] of [
  ['ar', ar, arLater],
  ['en', en, enLater],
  ['kk', kk, kkLater],
  ['ko', ko, koLater],
  ['ru', ru, ruLater],
] as const) {
  addFirst(language, first);
  addLater(language, later);
}
