import { Hono } from 'hono';
import { personOf } from '../../domain/actor.ts';
import { answerBy } from '../../domain/holidays.ts';
import { ACCOMMODATION_WORDS } from '../../domain/questions.ts';
import { idOf, isSponsorWanted, isStanding, startFor } from '../../domain/registration.ts';
import { unknown, type Result } from '../../domain/result.ts';
import { tell } from '../../domain/seats.ts';
import { calendarOfRegistration, feedAddress, rotateFeed } from '../../usecases/calendar-feed.ts';
import { cancelRegistration } from '../../usecases/cancel-registration.ts';
import {
  listMyRegistrations,
  viewRegistration,
  type MyRegistration,
  type MyRegistrationInFull,
} from '../../usecases/my-registrations.ts';
import { recentReviewTimes } from '../../usecases/recent-review-times.ts';
import { sendInvitationAgain } from '../../usecases/send-again.ts';
import { viewProfile } from '../../usecases/profile.ts';
import { GiveBackPage } from '../../../web/pages/give-back.tsx';
import { MyRegistrationsPage, type MyItem, type PastItem } from '../../../web/pages/my-registrations.tsx';
import { RegistrationPage } from '../../../web/pages/registration.tsx';
import type { Env } from '../session.ts';
import { frameOf, show, showRefusal, withRegistration, type PageContext } from './page.tsx';
import { eventPath, insteadOf, mayChangeSitting, placesOf } from './views.ts';

export const hrefOf = ({ registration }: Pick<MyRegistration, 'registration'>): string =>
  `/registrations/${idOf(registration)}`;

/** Seconds after which the page of somebody in line looks whether they are seated. */
const LOOKS_AGAIN_AFTER = 5;

/** The registration that the address names, to its person and to staff. */
export const mine = (c: PageContext): Promise<Result<MyRegistrationInFull>> =>
  withRegistration(c, (id) => viewRegistration(c.var.desk, { id }));

/** The same, but only to its person: staff who may look at it can't act for them. */
export async function mineAlone(c: PageContext): Promise<Result<MyRegistrationInFull>> {
  const found = await mine(c);
  const isOwn = found.ok && found.value.registration.person === personOf(c.var.desk.actor)?.id;
  return found.ok && !isOwn ? unknown('registration') : found;
}

function itemOf(c: PageContext, one: MyRegistration): MyItem[] {
  const { registration, event, position } = one;
  const { status } = registration;
  if (!isStanding(status)) return [];
  return [
    {
      href: hrefOf(one),
      eventHref: eventPath(event),
      title: event.title,
      status,
      timeZone: event.timeZone,
      sessionChoice: event.sessionChoice,
      hasOtherSittings: mayChangeSitting(event, startFor(registration, event), c.var.desk.clock.now()),
      sessions: placesOf(one.sessions, c.var.desk.desk.origin),
      position,
      answerBy: status === 'pending' ? answerBy(registration.appliedAt) : null,
    },
  ];
}

const pastOf = (one: MyRegistration): PastItem => ({
  href: hrefOf(one),
  title: one.event.title,
  timeZone: one.event.timeZone,
  startsAt: startFor(one.registration, one.event),
  status: one.registration.status,
  endedBy: one.event.status === 'cancelled' && isStanding(one.registration.status) ? 'event' : one.registration.endedBy,
});

/** What somebody registered for. */
export const registrationPages = new Hono<Env>()
  .get('/registrations', async (c) => {
    const ctx = c.var.desk;
    const [all, feed, person] = [await listMyRegistrations(ctx), await feedAddress(ctx), await viewProfile(ctx)];
    if (!all.ok) return showRefusal(c, all.refusal);
    if (!feed.ok) return showRefusal(c, feed.refusal);
    if (!person.ok) return showRefusal(c, person.refusal);
    const now = ctx.clock.now();
    const coming = all.value.filter(
      (one) => isStanding(one.registration.status) && one.sessions.some(({ session }) => session.endsAt > now),
    );
    const past = all.value.filter((one) => !coming.includes(one)).toReversed();
    const { profile, email } = person.value;
    return show(
      c,
      <MyRegistrationsPage
        frame={frameOf(c)}
        standing={coming.flatMap((one) => itemOf(c, one))}
        past={past.map(pastOf)}
        feedUrl={feed.value.url}
        feedRotated={c.req.query('rotated') === '1'}
        details={{ name: profile?.name ?? '', agency: profile?.agency ?? '', email }}
      />,
    );
  })
  .post('/registrations/calendar', async (c) => {
    const rotated = await rotateFeed(c.var.desk);
    return rotated.ok ? c.redirect('/registrations?rotated=1', 303) : showRefusal(c, rotated.refusal);
  })
  .get('/registrations/:id', async (c) => {
    const ctx = c.var.desk;
    const found = await mine(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const { registration, event, program, position, waiting, seatsFree, sessions, details } = found.value;
    const { mailTrouble, declined, verdict, pool } = found.value;
    const looksAgain = seatsFree && c.req.query('still') === undefined;
    if (looksAgain) c.header('Refresh', String(LOOKS_AGAIN_AFTER));
    const needs = details?.accommodations;
    const { profile, status } = registration;
    return show(
      c,
      <RegistrationPage
        frame={frameOf(c)}
        event={{
          title: event.title,
          href: eventPath(event),
          status: event.status === 'cancelled' ? 'cancelled' : 'published',
          cancelReason: event.cancelReason,
          timeZone: event.timeZone,
          sessionChoice: event.sessionChoice,
          sessions: event.sessions,
          closesAt: event.closesAt,
          joinOpensMinutes: event.joinOpensMinutes,
          hasOtherSittings: mayChangeSitting(event, startFor(registration, event), ctx.clock.now()),
        }}
        registration={{
          href: hrefOf(found.value),
          status,
          email: registration.email,
          name: profile?.name ?? '',
          agency: profile?.agency ?? '',
          sessions: placesOf(sessions, ctx.desk.origin),
          needs: [
            ...(needs?.needs ?? []).map((need) => ACCOMMODATION_WORDS[need]),
            ...(needs?.other ? [needs.other] : []),
          ],
          askedAt: registration.appliedAt,
          place: status === 'waitlisted' && !seatsFree ? { position, waiting } : null,
          answerBy: status === 'pending' ? answerBy(registration.appliedAt) : null,
          offeredTo: registration.offer?.to ?? null,
          sponsor: registration.sponsor ?? null,
          seats: pool && tell(pool.seats, pool.waiting),
          sponsorWanted: status === 'pending' && isSponsorWanted(registration),
          reason: registration.reason || null,
          endedBy: registration.endedBy === 'event' ? null : registration.endedBy,
        }}
        seatsFree={seatsFree}
        looksAgainAfter={looksAgain ? LOOKS_AGAIN_AFTER : null}
        reviews={status === 'pending' ? await recentReviewTimes(ctx, event) : null}
        filledMeanwhile={c.req.query('filled') === '1' && status === 'waitlisted'}
        sentAgain={c.req.query('sent') === '1' && status === 'confirmed'}
        mailTrouble={mailTrouble}
        declined={declined}
        check={verdict && { ...verdict, remembers: event.audience.kind === 'hosts' }}
        calendarHref={status === 'confirmed' ? `${hrefOf(found.value)}/calendar.ics` : null}
        instead={status === 'denied' || status === 'ineligible' ? await insteadOf(ctx, { event, program }) : null}
      />,
    );
  })
  .get('/registrations/:id/calendar.ics', async (c) => {
    const text = await withRegistration(c, (id) => calendarOfRegistration(c.var.desk, { id }));
    if (!text.ok) return showRefusal(c, text.refusal);
    c.header('Content-Type', 'text/calendar; charset=utf-8');
    c.header('Content-Disposition', 'attachment; filename="training.ics"');
    c.header('Cache-Control', 'no-store');
    return c.body(text.value);
  })
  .post('/registrations/:id/send-again', async (c) => {
    const sent = await withRegistration(c, (id) => sendInvitationAgain(c.var.desk, { id }));
    return sent.ok ? c.redirect(`${hrefOf(sent.value)}?sent=1`, 303) : showRefusal(c, sent.refusal);
  })
  .get('/registrations/:id/give-back', async (c) => {
    const found = await mine(c);
    if (!found.ok) return showRefusal(c, found.refusal);
    const { registration, event, sessions } = found.value;
    const { status } = registration;
    if (!isStanding(status)) return c.redirect(hrefOf(found.value), 303);
    return show(
      c,
      <GiveBackPage
        frame={frameOf(c)}
        event={{ title: event.title, timeZone: event.timeZone }}
        registration={{ href: hrefOf(found.value), status, sessions: sessions.map(({ session }) => session) }}
      />,
    );
  })
  .post('/registrations/:id/give-back', async (c) => {
    const ended = await withRegistration(c, (id) => cancelRegistration(c.var.desk, { id }));
    return ended.ok ? c.redirect(hrefOf(ended.value), 303) : showRefusal(c, ended.refusal);
  });
