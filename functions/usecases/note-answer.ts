import { answerOver, answerStanding, lastPart, stands, type Heard } from '../domain/answer-calendar.ts';
import type { CalendarAnswer, CalendarReply } from '../domain/calendar-answer.ts';
import { partsOfRegistrationId, RegistrationId } from '../domain/ids.ts';
import type { Registration } from '../domain/registration.ts';
import { ok } from '../domain/result.ts';
import { instant } from '../domain/time.ts';
import { uidOf } from './calendar-uid.ts';
import type { Context } from './context.ts';
import { committed, settle } from './settle.ts';

/** A UID of {@link uidOf}: the registration, the object and what proves both. */
const UID = /^(reg_[a-z2-7]{32}\d{1,6})-([\w.-]{1,60})-[a-z2-7]{26}@/;

/** What became of a reply. `over`: the invitation no longer held; `stranger`: it was passed on; `unknown`: not ours. */
export type Noted = CalendarAnswer | 'unknown' | 'over' | 'stranger';

/**
 * Keeps what somebody answered in their calendar; the latest counts, whatever order answers come in. It changes no seat.
 * Who answered is known only by the UID, which only the invitation carries: calendars send from other addresses than
 * they were invited at, and some leave out the organizer. What is owed because of it goes to the address that registered.
 * @throws when the desk is too busy: the reply comes again
 */
export async function noteAnswer(ctx: Context, reply: CalendarReply): Promise<Noted> {
  const { uid, answer, byMachine } = reply;
  const [, name, object = ''] = UID.exec(uid) ?? [];
  const id = RegistrationId.safeParse(name);
  if (!id.success) return 'unknown';
  const of = { ...partsOfRegistrationId(id.data), object };
  if (!ctx.ids.same(uid, uidOf(ctx, of, object))) return 'unknown';
  const result = await settle<Noted>(ctx, async () => {
    const [held, event, before] = await Promise.all([
      ctx.store.registration(of.event, of.person),
      ctx.store.event(of.event),
      ctx.store.answer(of),
    ]);
    if (!held || !event || of.attempt > held.attempt) return ok<Noted>('unknown');
    if (reply.attendee !== held.email) return ok<Noted>('stranger');
    const now = ctx.clock.now();
    // a clock that is ahead must not shut out every later answer
    const heard: Heard = { answered: { ...of, answer, at: instant(Math.min(reply.stamp, now)) }, before, byMachine };
    const standing = stands(held, event, heard);
    const noted = ok<Noted>(standing ? answer : 'over');
    if (before && before.at >= heard.answered.at) return noted;
    const change = standing
      ? answerStanding(held, event, heard, ctx.actor, now)
      : answerOver(held, event, heard, lastPart(await messagesOf(ctx, held), heard), ctx.actor, now);
    return committed(ctx, await ctx.store.commit(change), noted);
  });
  if (!result.ok) throw new Error(`An answer of a calendar could not be kept: ${result.refusal.kind}`);
  return result.value;
}

/** All that a registration was sent, and what it is owed. */
async function messagesOf(ctx: Context, { event, person }: Registration): Promise<Parameters<typeof lastPart>[0]> {
  const [sent, owed] = await Promise.all([ctx.store.messagesOf(event, person), ctx.store.owedTo(event, person)]);
  return { sent: sent.map((one) => one.owed).filter((one) => one.about === 'registration'), owed };
}
