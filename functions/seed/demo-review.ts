import type { TrainingEvent } from '../domain/event.ts';
import { Email } from '../domain/person.ts';
import { REASON } from '../domain/questions.ts';
import { idOf } from '../domain/registration.ts';
import { answerAsSponsor, askSponsor, sponsorAddress } from '../usecases/ask-sponsor.ts';
import type { Context } from '../usecases/context.ts';
import { approveRegistration, denyRegistration } from '../usecases/decide-registration.ts';
import { registerForEvent } from '../usecases/register-for-event.ts';
import { at, makeKnown, named } from './demo-desk.ts';
import { emailOf, type DemoPerson } from './demo-people.ts';

/** Somebody whom staff find on the review page. */
interface DemoApplicant extends DemoPerson {
  readonly reason: string;
  /** Whom they asked to confirm them, and what came back. */
  readonly sponsor?: { readonly email: string; readonly answer: 'confirmed' | 'unknown' | null };
  /** An earlier event turned them away, in these words. */
  readonly denied?: string;
}

/** A host that several offices use: its people are checked one by one. */
const CITY = { host: 'marrowbay.example.org', agency: 'City of Marrow Bay' };

/** Of each kind of thing that our records can say, one. */
const APPLICANTS: readonly DemoApplicant[] = [
  {
    givenName: 'Imani',
    familyName: 'Marlowe',
    title: 'Detective',
    agency: 'Marrow Bay Police Department',
    host: CITY.host,
    reason: 'Preparing a first request',
    sponsor: { email: 'r.ocampo@harlowsheriff.example.org', answer: 'confirmed' },
  },
  {
    givenName: 'Robin',
    familyName: 'Calloway',
    title: 'Investigator',
    agency: 'Between agencies',
    host: 'freemail.example.org',
    reason: 'Retired, teaches at an academy',
    sponsor: { email: 'd.hale@fenwicksheriff.example.org', answer: null },
  },
  {
    givenName: 'Dale',
    familyName: 'Whitcombe',
    title: 'Deputy',
    agency: 'Harlow County Sheriff’s Office',
    host: 'harlow-sheriff.example.org',
    reason: 'Training',
    sponsor: { email: 'r.ocampo@harlowsheriff.example.org', answer: 'unknown' },
  },
  {
    givenName: 'Simone',
    familyName: 'Arkady',
    title: 'Caseworker',
    agency: 'Open Door Shelter',
    host: 'opendoor.example.org',
    reason: 'Wants to explain the process to clients',
    denied: 'This training is for law enforcement and the people named on its page.',
  },
];

/** Days from today. */
const [ASKED, ANSWERED, YESTERDAY] = [-20, -18, -1];

/**
 * People whom staff find on the review page of `next`, and what is known of them: a shared host, supervisors who were
 * asked, a look-alike, an earlier no. Two got an answer recently, so that pages say how long that took.
 */
export async function seedReview(
  ctx: Context,
  staff: Context['actor'],
  events: { readonly next: TrainingEvent | undefined; readonly before: TrainingEvent | undefined },
): Promise<void> {
  const { next, before } = events;
  if (!next || !before) return;
  await makeKnown(at(ctx, ASKED), { ...CITY, class: 'shared' });
  for (const person of APPLICANTS) {
    const own = await named(at(ctx, ASKED), emailOf(person), {
      name: `${person.givenName} ${person.familyName}`,
      givenName: person.givenName,
      familyName: person.familyName,
      agency: person.agency,
      title: person.title,
    });
    if (person.denied) {
      const applied = await registerForEvent(own, { event: before.id });
      const answering: Context = { ...at(ctx, ANSWERED), actor: staff };
      if (applied.ok)
        await denyRegistration(answering, { id: idOf(applied.value.registration), reason: person.denied });
    }
    await apply({ ...at(ctx, YESTERDAY), actor: own.actor }, next, person);
  }
  await approveOne({ ...at(ctx, YESTERDAY), actor: staff }, next, 'owen.brightwater@stonebrook-pd.example.org');
}

async function apply(ctx: Context, event: TrainingEvent, { reason, sponsor }: DemoApplicant): Promise<void> {
  const sessions = event.sessions.slice(1).map(({ id }) => id);
  const applied = await registerForEvent(ctx, { event: event.id, sessions, answers: { [REASON]: reason } });
  if (!applied.ok || !sponsor) return;
  const asked = await askSponsor(ctx, {
    id: idOf(applied.value.registration),
    email: Email.parse(sponsor.email),
  });
  const secret = asked.ok ? sponsorAddress(ctx, asked.value.registration)?.split('/').at(-1) : undefined;
  if (secret && sponsor.answer) await answerAsSponsor(ctx, { secret, answer: sponsor.answer });
}

/** Somebody whose colleagues wait: what our own records say of them differs then. */
async function approveOne(ctx: Context, event: TrainingEvent, email: string): Promise<void> {
  const person = await ctx.store.personByEmail(Email.parse(email));
  const registration = person && (await ctx.store.registration(event.id, person.id));
  if (registration) await approveRegistration(ctx, { id: idOf(registration) });
}
