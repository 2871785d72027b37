import { renderToString } from 'hono/jsx/dom/server';
import { expect, it } from 'vitest';
import { HomePage } from '../../web/pages/home.tsx';
import { asRow, at, NOW, onlineRequest, publicWebinar, visitor } from '../fixtures/previews/samples.ts';

const onDay = (day: string, closesAt = at(`${day}T14:00:00Z`)) =>
  asRow(onlineRequest, {
    sessions: [{ id: day, startsAt: at(`${day}T16:00:00Z`), endsAt: at(`${day}T17:00:00Z`), seats: null }],
    closesAt,
  });
const home = (...events: ReturnType<typeof asRow>[]) =>
  renderToString(<HomePage frame={visitor} events={events} filters={[]} total={events.length} chosen={null} />);
const months = (html: string) =>
  [...html.matchAll(/<section class="month" aria-label="([^"]+)"/g)].map(([, month]) => month);

it('shows first what can be had: closed ones before it stand at the end of its month', () => {
  const html = home(onDay('2027-02-04', NOW), asRow(publicWebinar), onDay('2027-03-04'));
  expect(months(html)).toEqual(['February 2027', 'March 2027']);
  const early = home(onDay('2027-02-04', NOW), onDay('2027-03-04'), onDay('2027-04-08', NOW));
  expect(months(early)).toEqual(['March 2027', 'April 2027']);
  expect(early.indexOf('Thursday, February 4:')).toBeGreaterThan(early.indexOf('March 4, 2027'));
});

it('lists closed ones by month where nothing can be had', () => {
  expect(months(home(onDay('2027-02-04', NOW), onDay('2027-04-08', NOW)))).toEqual(['February 2027', 'April 2027']);
});
