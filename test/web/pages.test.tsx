import { renderToString } from 'hono/jsx/dom/server';
import { describe, expect, it } from 'vitest';
import { EventPage } from '../../web/pages/event.tsx';
import { dana, quarterly } from '../fixtures/previews/samples.ts';
import { previews } from '../fixtures/previews.ts';

const all = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map((match) => match[1] ?? '');
const idsIn = (html: string): string[] => all(html, /<[a-z][^>]*? id="([^"]*)"/g);

/** Fields that a person fills in, as their tags. */
const fieldsIn = (html: string): string[] =>
  all(html, /(<(?:input|select|textarea)\b[^>]*>)/g).filter((tag) => !tag.includes('type="hidden"'));

describe.each(Object.entries(previews))('page %s', (_name, preview) => {
  const html = renderToString(preview());

  it('has one heading of the first level, and a title that names it and the desk', () => {
    expect(all(html, /<(h1)\b/g)).toHaveLength(1);
    expect(all(html, /<title>(.*?)<\/title>/g)).toEqual([expect.stringMatching(/^.+ \| Training desk$/)]);
  });

  it('says "Error:" in its title exactly where it asks for something to be fixed', () => {
    expect(html.includes('<title>Error: ')).toBe(html.includes('class="error-summary'));
  });

  it('works under a policy without inline script or style', () => {
    expect(html).not.toMatch(/<script|<style|\sstyle="|\son[a-z]+="|javascript:/);
  });

  it('gives each id once', () => {
    const ids = idsIn(html);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('links inside itself only to what is there', () => {
    const ids = idsIn(html);
    expect(all(html, /href="#([^"]+)"/g).filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('labels every field, and says what fills it in', () => {
    const labelled = all(html, /<label[^>]*? for="([^"]+)"/g);
    for (const field of fieldsIn(html)) {
      expect(labelled, field).toContain(/ id="([^"]+)"/.exec(field)?.[1]);
      if (!/type="(checkbox|radio)"/.test(field)) expect(field).toContain(' autocomplete="');
    }
  });

  it('describes fields by what is there', () => {
    const ids = idsIn(html);
    const named = all(html, /aria-(?:describedby|labelledby)="([^"]+)"/g).flatMap((list) => list.split(' '));
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('keeps to the words of the desk', () => {
    expect(html).not.toMatch(/\b(please|successfully|oops|sorry for any inconvenience|tomorrow)\b/i);
    expect(html).not.toMatch(/\d (EST|EDT|MST|MDT|CST|CDT|PST|PDT)\b/);
  });
});

describe('what people write', () => {
  it('is text in a page, never markup', () => {
    const title = '<img src=x onerror=alert(1)>"\'';
    const html = renderToString(
      <EventPage
        frame={dana}
        event={{ ...quarterly, title }}
        standing={{ kind: 'signed-out' }}
        mine={null}
        instead={null}
        reviews={null}
        coordinates={[]}
      />,
    );
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
  });
});
