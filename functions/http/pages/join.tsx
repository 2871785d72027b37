import { Hono } from 'hono';
import { firstName } from '../../domain/person.ts';
import { readFeed } from '../../usecases/calendar-feed.ts';
import { joinSession, viewJoin, type Joining } from '../../usecases/join-session.ts';
import { JoinPage } from '../../../web/pages/join.tsx';
import { eventWord } from '../../../web/words/kind.ts';
import { sendRefusal } from '../problem.ts';
import type { Env } from '../session.ts';
import { frameOf, show, showRefusal, type PageContext } from './page.tsx';

const STATUS = { early: 403, open: 200, over: 410 } as const;

function page(c: PageContext, joining: Joining, status: 200 | 403 | 410) {
  const { event, session, state, opensAt, registration, joinedAt } = joining;
  const frame = frameOf(c);
  c.header('X-Robots-Tag', 'noindex');
  c.header('Referrer-Policy', 'no-referrer');
  // the one form whose answer leads to another site: the meeting's own
  c.header(
    'Content-Security-Policy',
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https:",
  );
  return show(
    c,
    <JoinPage
      frame={{ ...frame, zone: frame.zone ?? registration.profile?.timeZone ?? null }}
      state={state}
      event={{ title: event.title, timeZone: event.timeZone, word: eventWord(event) }}
      session={{
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        title: event.sessions.length > 1 ? session.title : null,
      }}
      opensAt={opensAt}
      firstName={firstName(registration.profile)}
      href={new URL(c.req.url).pathname}
      joinedAt={joinedAt}
    />,
    status,
    true,
  );
}

/** The personal join page and the calendar feed: addresses that are secrets, and that work without signing in. */
export const secretPages = new Hono<Env>()
  .get('/join/:secret', async (c) => {
    const joining = await viewJoin(c.var.desk, { secret: c.req.param('secret') });
    return joining.ok ? page(c, joining.value, STATUS[joining.value.state]) : showRefusal(c, joining.refusal);
  })
  .post('/join/:secret', async (c) => {
    const secret = c.req.param('secret');
    const joined = await joinSession(c.var.desk, { secret });
    if (joined.ok) {
      c.header('Referrer-Policy', 'no-referrer');
      c.header('Cache-Control', 'no-store');
      return c.redirect(joined.value.to, 303);
    }
    const joining = await viewJoin(c.var.desk, { secret });
    const shown = joining.ok && (joined.refusal.kind === 'too-early' || joined.refusal.kind === 'over');
    return shown ? page(c, joining.value, STATUS[joining.value.state]) : showRefusal(c, joined.refusal);
  })
  .get('/calendar/:file{.+\\.ics}', async (c) => {
    const text = await readFeed(c.var.desk, { secret: c.req.param('file').replace(/\.ics$/, '') });
    if (!text.ok) return sendRefusal(c, text.refusal);
    const tag = `"${c.var.desk.ids.hash(text.value).slice(0, 27)}"`;
    c.header('ETag', tag);
    c.header('Cache-Control', 'private, max-age=0, must-revalidate');
    if (c.req.header('if-none-match') === tag) return c.body(null, 304);
    c.header('Content-Type', 'text/calendar; charset=utf-8');
    return c.body(text.value);
  });
