import type { CalendarAnswer, CalendarReply } from '../domain/calendar-answer.ts';
import { partsOfRegistrationId, RegistrationId } from '../domain/ids.ts';
import { idOf } from '../domain/registration.ts';
import { instant } from '../domain/time.ts';
import { uidOf } from './calendar-uid.ts';
import type { Context } from './context.ts';

/** A UID of {@link uidOf}: the registration, the object and what proves both. */
const UID = /^(reg_[a-z2-7]{32}\d{1,6})-([\w.-]{1,60})-[a-z2-7]{26}@/;

/**
 * Keeps what somebody answered in their calendar; the latest counts, whatever order answers come in. It changes no seat
 * and owes no message. Who answered is known by the UID alone, which only the invitation carries: calendars send from
 * other addresses than they were invited at, and some leave out the organizer.
 * @returns `unknown` for a UID that is not ours, `over` where that registration holds no seat any more, `stranger` where
 *   the invitation was passed on: nothing is kept of these
 */
export async function noteAnswer(
  ctx: Context,
  { uid, attendee, answer, stamp }: CalendarReply,
): Promise<CalendarAnswer | 'unknown' | 'over' | 'stranger'> {
  const [, name, object = ''] = UID.exec(uid) ?? [];
  const id = RegistrationId.safeParse(name);
  if (!id.success) return 'unknown';
  const { event, person, attempt } = partsOfRegistrationId(id.data);
  if (!ctx.ids.same(uid, uidOf(ctx, { event, person, attempt }, object))) return 'unknown';
  const held = await ctx.store.registration(event, person);
  if (!held || idOf(held) !== id.data || held.status !== 'confirmed') return 'over';
  if (attendee !== held.email) return 'stranger';
  // a clock that is ahead must not shut out every later answer
  const at = instant(Math.min(stamp, ctx.clock.now()));
  await ctx.store.keepAnswer({ event, person, attempt, object, answer, at });
  return answer;
}
