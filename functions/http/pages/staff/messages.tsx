import { Hono } from 'hono';
import type { Owed, OwedAboutRegistration, OwedCode } from '../../../domain/owed.ts';
import { DAY, plus } from '../../../domain/time.ts';
import { holdMail, releaseMail, viewHeldMail, type HeldMail } from '../../../usecases/hold-mail.ts';
import { listStaffEvents } from '../../../usecases/list-events.ts';
import { listParked, parkedKey, retryParked } from '../../../usecases/parked-messages.ts';
import {
  listReturned,
  MOST_COUNTED,
  RETURNED_DAYS,
  type ReturnedMessages,
} from '../../../usecases/returned-messages.ts';
import type { Held } from '../../../../web/pages/staff/held-mail.tsx';
import { MessagesPage } from '../../../../web/pages/staff/messages.tsx';
import type { ReturnedMail } from '../../../../web/pages/staff/returned-mail.tsx';
import { cursorOf, placeOfCursor } from '../../cursor.ts';
import type { Env } from '../../session.ts';
import { deskFrameOf, formOf, noticeNext, show, type PageContext } from '../page.tsx';
import { showDeskRefusal } from './refusal.tsx';
import { MESSAGE_WORDS, RETURNED_WORDS } from './message-words.ts';
import { staffPath } from './rows.ts';

const SHOWN = 100;
const HELD_ON_A_PAGE = 50;

type Subject = Pick<OwedAboutRegistration, 'about' | 'event'> | Pick<OwedCode, 'about'>;

type EventOf = (owed: Subject) => Held['rows'][number]['event'];

/** The events that messages are about, by title. */
async function eventsOf(c: PageContext): Promise<EventOf> {
  const ctx = c.var.desk;
  const now = ctx.clock.now();
  const events = await listStaffEvents(ctx, { from: plus(now, -366 * DAY), to: plus(now, 732 * DAY) });
  const byId = new Map<string, string>(events.ok ? events.value.map(({ event }) => [event.id, event.title]) : []);
  return (owed) => {
    const title = owed.about === 'registration' ? byId.get(owed.event) : undefined;
    return owed.about === 'registration' && title !== undefined ? { title, href: staffPath({ id: owed.event }) } : null;
  };
}

const kindOf = (owed: Owed): string => (owed.about === 'registration' ? MESSAGE_WORDS[owed.kind] : 'Sign-in code');

function heldOf({ kinds, some, ...held }: HeldMail, eventOf: EventOf, start: number): Held {
  const next = start + HELD_ON_A_PAGE;
  return {
    ...held,
    kinds: kinds.map(({ kind, count }) => ({ words: MESSAGE_WORDS[kind], count })),
    rows: some.map((owed) => ({ to: owed.email, kind: kindOf(owed), event: eventOf(owed), owedAt: owed.stamp })),
    from: start + 1,
    nextHref: next < held.total ? `/staff/messages?start=${next}` : null,
  };
}

function returnedOf(
  c: PageContext,
  { items, count, next }: ReturnedMessages,
  eventOf: EventOf,
  first: boolean,
): ReturnedMail {
  const { nextCursor } = cursorOf(c, next);
  return {
    count,
    orMore: count >= MOST_COUNTED,
    days: RETURNED_DAYS,
    rows: items.map(({ message, registration }) => ({
      to: message.email,
      kind: MESSAGE_WORDS[message.kind],
      event: eventOf({ about: 'registration', event: message.event }),
      how: RETURNED_WORDS[message.how],
      why: message.why,
      at: message.at,
      href: registration && `/staff/registrations/${registration}`,
    })),
    first,
    nextHref: nextCursor === undefined ? null : `/staff/messages?cursor=${encodeURIComponent(nextCursor)}#returned`,
  };
}

/** Messages that could not be delivered, that came back, and all of them while mail is held. */
export const messagePages = new Hono<Env>()
  .get('/staff/messages', async (c) => {
    const start = Math.max(0, Math.floor(Number(c.req.query('start') ?? 0)) || 0);
    const parked = await listParked(c.var.desk);
    if (!parked.ok) return showDeskRefusal(c, parked.refusal);
    const after = placeOfCursor(c, c.req.query('cursor'));
    if (!after.ok) return showDeskRefusal(c, after.refusal);
    const returned = await listReturned(c.var.desk, { after: after.value });
    if (!returned.ok) return showDeskRefusal(c, returned.refusal);
    const held = await viewHeldMail(c.var.desk, { start, most: HELD_ON_A_PAGE });
    if (!held.ok) return showDeskRefusal(c, held.refusal);
    const eventOf = await eventsOf(c);
    return show(
      c,
      <MessagesPage
        frame={deskFrameOf(c)}
        held={held.value && heldOf(held.value, eventOf, start)}
        total={parked.value.length}
        returned={returnedOf(c, returned.value, eventOf, after.value === null)}
        parked={parked.value.slice(0, SHOWN).map((sent) => ({
          id: parkedKey(sent),
          to: sent.owed.email,
          kind: kindOf(sent.owed),
          event: eventOf(sent.owed),
          tries: sent.owed.tries,
          lastError: sent.outcome,
          parkedAt: sent.at,
        }))}
      />,
    );
  })
  .post('/staff/messages', async (c) => {
    const ctx = c.var.desk;
    const key = (await formOf(c)).get('message');
    const parked = await listParked(ctx);
    if (!parked.ok) return showDeskRefusal(c, parked.refusal);
    const wanted = parked.value.map(parkedKey).filter((one) => key === 'all' || one === key);
    for (const one of wanted) await retryParked(ctx, { key: one });
    noticeNext(c, wanted.length === 0 ? 'That message is not here any more.' : 'We try again now.');
    return c.redirect('/staff/messages', 303);
  })
  .post('/staff/messages/hold', async (c) => {
    const held = await holdMail(c.var.desk);
    if (!held.ok) return showDeskRefusal(c, held.refusal);
    noticeNext(c, 'All mail is held.');
    return c.redirect('/staff/messages', 303);
  })
  .post('/staff/messages/release', async (c) => {
    const released = await releaseMail(c.var.desk);
    if (!released.ok) return showDeskRefusal(c, released.refusal);
    noticeNext(c, 'Mail goes out again.');
    return c.redirect('/staff/messages', 303);
  });
