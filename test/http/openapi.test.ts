import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site } from '../fixtures/app.ts';
import type { Described, SchemaNode } from '../fixtures/openapi.ts';

/** What {@link openSite} holds every answer to: here the document itself, against OpenAPI 3.1 and the routes served. */
let site: Site;
let operations: readonly Described[];
beforeAll(async () => {
  site = await openSite();
  operations = site.contract.operations;
});
afterAll(() => site.close());

test('the document is OpenAPI 3.1, and says where and how the API is reached', () => {
  const { openapi, servers, components, security } = site.contract.document;
  expect(openapi).toBe('3.1.0');
  expect(servers).toEqual([{ url: '/api' }]);
  for (const one of security ?? [])
    for (const name of Object.keys(one)) expect(Object.keys(components.securitySchemes)).toContain(name);
});

test('every route served under /api is described, and nothing else', () => {
  const served = site.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && path !== '/api/openapi.json')
    .map(({ method, path }) => `${method} ${path.slice('/api'.length).replace(/:(\w+)/g, '{$1}')}`);
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  expect(described.toSorted()).toEqual([...new Set(served)].toSorted());
});

test('every part of an address is a parameter, required, and every parameter of a path a part', () => {
  for (const { method, path, operation } of operations) {
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const given = (operation.parameters ?? []).filter((one) => one.in === 'path');
    expect([method, path, given.map(({ name }) => name)]).toEqual([method, path, parts]);
    for (const { required } of given) expect(required).toBe(true);
    const names = (operation.parameters ?? []).map((one) => `${one.in} ${one.name}`);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('every operation has a body where its method may, JSON or a file, and none in a GET', () => {
  for (const { method, path, operation } of operations) {
    if (method === 'GET') expect(operation.requestBody, path).toBeUndefined();
    if (method === 'PUT' || method === 'PATCH') expect(operation.requestBody?.required, path).toBe(true);
    for (const type of Object.keys(operation.requestBody?.content ?? {}))
      expect(type).toBe(path.endsWith('/import') ? 'text/csv' : 'application/json');
  }
});

test('every operation has a good answer, and each of its problems is a problem document', () => {
  for (const { method, path, operation } of operations) {
    const statuses = Object.entries(operation.responses);
    expect(
      statuses.some(([status]) => status.startsWith('2')),
      `${method} ${path}`,
    ).toBe(true);
    for (const [status, { content }] of statuses.filter(([status]) => Number(status) >= 400))
      expect(content, `${method} ${path} ${status}`).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
  }
});

test('what the middle of the application answers is described everywhere', () => {
  for (const { method, path, operation } of operations.filter((one) => one.path !== '/health')) {
    const statuses = Object.keys(operation.responses);
    if (method !== 'GET') expect(statuses, `${method} ${path}: forged`).toContain('403');
    if (operation.requestBody)
      expect(statuses, `${method} ${path}`).toEqual(expect.arrayContaining(['400', '413', '415']));
    if (path.includes('{') || operation.requestBody) expect(statuses, `${method} ${path}: bad input`).toContain('422');
  }
});

describe('schemas', () => {
  /** Every schema of the document with those in it. */
  function* nodes(): Generator<SchemaNode> {
    const waiting: SchemaNode[] = [
      ...Object.values(site.contract.document.components.schemas),
      ...operations.flatMap(({ operation }) => [
        ...(operation.parameters ?? []).map(({ schema }) => schema),
        ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
        ...Object.values(operation.responses).flatMap(({ content }) =>
          Object.values(content ?? {}).map(({ schema }) => schema),
        ),
      ]),
    ];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      yield node;
      const { anyOf = [], allOf = [], items, properties = {}, additionalProperties } = node;
      waiting.push(...anyOf, ...allOf, ...Object.values(properties));
      if (items) waiting.push(items);
      if (typeof additionalProperties === 'object') waiting.push(additionalProperties);
    }
  }

  const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

  test('have types of JSON Schema, names that lead somewhere, required properties that exist, sound patterns', () => {
    const known = Object.keys(site.contract.document.components.schemas);
    let seen = 0;
    for (const { type = [], $ref, required = [], properties, pattern, enum: values } of nodes()) {
      seen += 1;
      for (const one of [type].flat()) expect(TYPES).toContain(one);
      if ($ref) expect(known).toContain($ref.split('/').at(-1));
      for (const name of required) expect(Object.keys(properties ?? {})).toContain(name);
      if (pattern) expect(() => new RegExp(pattern, 'u')).not.toThrow();
      if (values) expect(values.length).toBeGreaterThan(0);
    }
    expect(seen).toBeGreaterThan(100);
  });

  test('what a client sends is closed: a field that is not known is refused', () => {
    for (const { method, path, operation } of operations)
      for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
        if (schema.type === 'object' && schema.properties)
          expect(schema.additionalProperties, `${method} ${path}`).toBe(false);
  });

  test('none describes what never leaves: the meeting’s link, hashes, a person’s epoch', () => {
    const answers =
      JSON.stringify(operations.map(({ operation }) => operation.responses)) +
      JSON.stringify(site.contract.document.components.schemas);
    expect(answers).not.toMatch(/"(hash|madeBy|epoch|feed|requestKey|ticket|updatedBy)":\{/);
  });
});
