/** The interface's words, for every test that shows any. */
import '../src/core/strings/all.ts';
