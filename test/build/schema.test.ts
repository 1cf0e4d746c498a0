import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FILE_SCHEMAS, jsonSchemaText } from '../../src/build/schema.ts';
import { DATA } from '../fixtures/stories.ts';

test.each(Object.keys(FILE_SCHEMAS) as (keyof typeof FILE_SCHEMAS)[])('data/schema/%s is what the shapes say (npm run schema makes it)', (name) => {
  expect(readFileSync(join(DATA, 'schema', name), 'utf8')).toBe(jsonSchemaText(name));
});

test.each(['story', 'events', 'speakers', 'sources'])('%s.json points an editor at its schema', (name) => {
  const file = JSON.parse(readFileSync(join(DATA, `kazakhstan-2022-01/${name}.json`), 'utf8')) as { $schema: string };
  expect(file.$schema).toBe(`../schema/${name}.schema.json`);
});
