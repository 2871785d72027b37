import { hostOfEmail } from '../domain/audience.ts';
import { EventDraft } from '../domain/event.ts';
import type { TrainingEvent } from '../domain/event.ts';
import { Email } from '../domain/person.ts';
import { isoOf } from '../domain/time.ts';
import type { Context } from '../usecases/context.ts';
import { nameCoordinator } from '../usecases/coordinate.ts';
import { makeStaff } from '../usecases/issue-token.ts';
import { registerForEvent } from '../usecases/register-for-event.ts';
import { createEvent } from '../usecases/create-event.ts';
import { personOfAddress } from '../usecases/person-of-address.ts';
import { publishEvent } from '../usecases/publish-event.ts';
import { demoEvents, type DemoEvent } from './demo-events.ts';
import { at, makeKnown, named } from './demo-desk.ts';
import { seedReview } from './demo-review.ts';
import { emailOf, KNOWN_HOSTS, knownPeople, unknownPeople, type DemoPerson } from './demo-people.ts';

const STAFF = { email: 'amara.lindqvist@ccht.example', name: 'Amara Lindqvist' };
const TRAINERS = [
  { email: 'ruth.castellan@ccht.example', name: 'Ruth Castellan' },
  { email: 'marcus.adeyemi-hale@ccht.example', name: 'Marcus Adeyemi-Hale' },
  { email: 'ines.novak@ccht.example', name: 'Ines Novak' },
];

/** Registers the sheriff's people from lists. */
const COORDINATOR = { email: 'tessa.renner@harlowsheriff.example.org', name: 'Tessa Renner' };

/**
 * Fills a desk on one machine with invented content, once: events dated from today, and people registered for some of
 * them, by the same use cases that everybody goes through. Messages to them are not sent: nobody wrote to them.
 */
export async function seedDemo(caller: Context): Promise<void> {
  const email = Email.parse(STAFF.email);
  if ((await caller.store.personByEmail(email))?.staff) return;
  const quiet: Context = { ...caller, store: withoutMessages(caller), nudge: () => {} };
  for (const host of KNOWN_HOSTS) await makeKnown(quiet, { ...host, class: 'exclusive' });
  for (const person of [STAFF, ...TRAINERS]) await named(quiet, person.email, { name: person.name, agency: 'CCHT' });
  const staff = await personOfAddress(quiet, email);
  const ctx: Context = { ...at(quiet, -40), actor: { role: 'staff', person: staff } };
  const programs = await ctx.store.programs();
  const made = new Map<string, TrainingEvent>();
  for (const demo of demoEvents(caller.clock.now())) {
    const program = programs.find((one) => one.key === demo.program);
    if (program) made.set(demo.key, await eventOf(ctx, demo, program.id));
  }
  const yesterday = at(quiet, -1);
  await register(at(quiet, -20), made.get('portal-closed'), knownPeople(9), () => undefined);
  await register(yesterday, made.get('portal-full'), knownPeople(15), () => undefined);
  await register(yesterday, made.get('cp-next'), knownPeople(30), (event, index) => [event.sessions[index % 2]]);
  await register(yesterday, made.get('cp-next'), unknownPeople(8), (event) => [event.sessions[1]]);
  await register(yesterday, made.get('cp-public-next'), [...knownPeople(12), ...unknownPeople(9)], () => undefined);
  await seedReview(quiet, ctx.actor, { next: made.get('cp-next'), before: made.get('portal-closed') });
  await appoint(ctx);
  // last, so that a seed that was interrupted starts over
  await makeStaff(ctx, email);
}

/** People of the demonstration got no mail, so nothing is owed to them. */
const withoutMessages = ({ store }: Context): Context['store'] => ({
  ...store,
  commit: (change) => store.commit({ ...change, owed: [] }),
});

async function appoint(ctx: Context): Promise<void> {
  const email = Email.parse(COORDINATOR.email);
  await named(ctx, email, {
    name: COORDINATOR.name,
    agency: 'Harlow County Sheriff’s Office',
    title: 'Training officer',
  });
  const person = await ctx.store.personByEmail(email);
  const appointed = person && (await nameCoordinator(ctx, { email, hosts: [hostOfEmail(email)], rev: person.rev }));
  if (!appointed?.ok) throw new Error('The demonstration’s coordinator was refused');
}

async function eventOf(ctx: Context, demo: DemoEvent, programId: string): Promise<TrainingEvent> {
  const { key, publish, asks, sessions, trainers, outcomes, program: _program, ...fields } = demo;
  const draft = EventDraft.parse({
    ...fields,
    programId,
    outcomes: [...outcomes],
    trainers: [...trainers],
    timeZone: 'America/New_York',
    sessions: sessions.map((session, index) => ({
      ...session,
      joinUrl: `https://meet.example.gov/${key}-${index + 1}`,
    })),
    questions: asks
      ? [
          {
            id: 'asked-before',
            label: 'Have you asked for Continued Presence before?',
            kind: 'choice',
            required: false,
            options: ['Never', 'Once or twice', 'Three times or more'],
          },
        ]
      : [],
  });
  const made = await createEvent(ctx, { draft, key: `demo ${key} ${isoOf(demo.opensAt)}`, digest: 'demo' });
  if (!made.ok) throw new Error(`The demonstration's event ${key} was refused: ${JSON.stringify(made.refusal)}`);
  if (!publish) return made.value.event;
  const published = await publishEvent(ctx, { id: made.value.event.id });
  if (!published.ok) throw new Error(`The demonstration's event ${key} can't be published`);
  return published.value;
}

type Choice = (
  event: TrainingEvent,
  index: number,
) => readonly (TrainingEvent['sessions'][number] | undefined)[] | undefined;

async function register(
  ctx: Context,
  event: TrainingEvent | undefined,
  people: readonly DemoPerson[],
  choose: Choice,
): Promise<void> {
  if (!event) return;
  const one = async (person: DemoPerson, index: number) => {
    const own = await named(ctx, emailOf(person), {
      name: `${person.givenName} ${person.familyName}`,
      givenName: person.givenName,
      familyName: person.familyName,
      agency: person.agency,
      title: person.title,
    });
    const sessions = choose(event, index)?.flatMap((session) => session?.id ?? []);
    await registerForEvent(own, {
      event: event.id,
      sessions,
      answers:
        REASONS[index % REASONS.length] && index % 3 === 0 ? { reason: REASONS[index % REASONS.length] ?? '' } : {},
      ...(index % 7 === 3 ? { accommodations: { needs: ['materials-before'], other: '' } } : {}),
    });
  };
  await Promise.all(people.map(one));
}

const REASONS = [
  'Preparing a first request',
  'Refresher',
  'Starts on the trafficking desk soon',
  'Works beside detectives on requests',
];
