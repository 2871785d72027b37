import { hasDeclined, type Answered } from '../domain/calendar-answer.ts';
import { audited } from '../domain/change.ts';
import type { TrainingEvent } from '../domain/event.ts';
import type { EventId, PersonId, SessionId } from '../domain/ids.ts';
import type { Program } from '../domain/program.ts';
import { sortName } from '../domain/person.ts';
import {
  sessionsOf,
  type Registration,
  type RegistrationDetails,
  type RegistrationStatus,
} from '../domain/registration.ts';
import { ok, unknown, type Result } from '../domain/result.ts';
import { runEvent, staffOnly } from './access.ts';
import type { Context } from './context.ts';
import { rosterPages } from './roster-of.ts';
import type { Arrival, Page } from './store-port.ts';

/** One person of a list. */
export interface RosterRow {
  readonly registration: Registration;
  readonly details: RegistrationDetails | null;
}

export interface RosterSearch {
  readonly event: EventId;
  /** Words of a name, agency, title or address; each must be found. */
  readonly q?: string | undefined;
  readonly status?: RegistrationStatus | undefined;
  readonly session?: SessionId | undefined;
  readonly needs?: boolean | undefined;
  readonly sort?: 'name' | 'agency' | 'applied' | undefined;
}

export interface RosterFound {
  readonly event: TrainingEvent;
  readonly program: Program;
  readonly rows: readonly RosterRow[];
  /** How many there are of each status, whatever was searched for. */
  readonly counts: Readonly<Record<RegistrationStatus, number>>;
  /** How many with a seat there are in each session, and how many with a seat asked for something. */
  readonly confirmedAt: ReadonlyMap<SessionId, number>;
  readonly needing: number;
  /** Registrations that can't be read, and are in none of these. */
  readonly unreadable: number;
  /** People whom a message about this event did not reach. */
  readonly unreached: ReadonlySet<PersonId>;
  /** People with a seat who declined in their calendar. */
  readonly declined: ReadonlySet<PersonId>;
}

/** One page of an event's people in the order of their keys: for programs that read it all, which is on record once. */
export async function rosterPage(
  ctx: Context,
  input: {
    readonly event: EventId;
    readonly status?: RegistrationStatus | undefined;
    readonly limit: number;
    readonly after: string | null;
  },
): Promise<Result<Page<Registration>>> {
  const event = await runEvent(ctx, input.event);
  if (!event.ok) return event;
  // every other page is asked for with a cursor that this one gave
  if (input.after === null) await noteLook(ctx, input.event);
  const page = await ctx.store.rosterPage(input.event, input.limit, input.after);
  const items = input.status ? page.items.filter((one) => one.status === input.status) : page.items;
  return ok({ items, next: page.next });
}

/** Searches an event's people. The one read of the product that grows with them; sorted in memory. */
export async function searchRoster(ctx: Context, input: RosterSearch): Promise<Result<RosterFound>> {
  const event = await runEvent(ctx, input.event);
  if (!event.ok) return event;
  const program = await ctx.store.program(event.value.programId);
  if (!program) return unknown('event');
  const [pages, details, returned, answers] = await Promise.all([
    Array.fromAsync(rosterPages(ctx, input.event)),
    ctx.store.detailsOf(input.event),
    ctx.store.returnedOf(input.event),
    ctx.store.answersOf(input.event),
    noteLook(ctx, input.event),
  ]);
  const all = pages.flatMap(({ items }) => items);
  const counts = { pending: 0, waitlisted: 0, confirmed: 0, ineligible: 0, denied: 0, cancelled: 0 };
  for (const { status } of all) counts[status] += 1;
  const people = all.map((registration) => ({ registration, details: details.get(registration.person) ?? null }));
  const addresses = new Map(all.map(({ person, email }) => [person, email]));
  const confirmed = people.filter(({ registration }) => registration.status === 'confirmed');
  const taken = confirmed.flatMap(({ registration }) => sessionsOf(registration, event.value));
  return ok({
    event: event.value,
    program,
    rows: people.filter((row) => isWanted(row, input, event.value)).toSorted(order(input.sort ?? 'name')),
    counts,
    confirmedAt: new Map(event.value.sessions.map(({ id }) => [id, taken.filter((one) => one === id).length])),
    needing: confirmed.filter((row) => asksForSomething(row.details)).length,
    unreadable: pages.reduce((sum, page) => sum + page.unreadable, 0),
    declined: declinedOf(all, answers),
    // what went to a colleague or a supervisor is not theirs
    unreached: new Set(returned.flatMap(({ person, email }) => (addresses.get(person) === email ? [person] : []))),
  });
}

const noteLook = (ctx: Context, event: EventId): Promise<void> =>
  ctx.store.note(audited(event, null, ctx.clock.now(), ctx.actor, 'viewed attendee list'));

function declinedOf(all: readonly Registration[], answers: readonly Answered[]): ReadonlySet<PersonId> {
  const byPerson = Map.groupBy(answers, ({ person }) => person);
  return new Set(all.flatMap((one) => (hasDeclined(one, byPerson.get(one.person) ?? []) ? [one.person] : [])));
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function isWanted({ registration, details }: RosterRow, search: RosterSearch, event: TrainingEvent): boolean {
  if (search.status && registration.status !== search.status) return false;
  if (search.session && !sessionsOf(registration, event).includes(search.session)) return false;
  if (search.needs && !asksForSomething(details)) return false;
  const words = folded(search.q ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const { profile, email } = registration;
  const text = folded([profile?.name, profile?.agency, profile?.title, email].join(' '));
  return words.every((word) => text.includes(word));
}

export const asksForSomething = (details: RegistrationDetails | null): boolean =>
  details !== null && (details.accommodations.needs.length > 0 || details.accommodations.other !== '');

/** How a list names a person: by family name, or by address where no name was given. */
export const listName = (registration: Registration): string =>
  registration.profile ? sortName(registration.profile) : registration.email;

function order(by: 'name' | 'agency' | 'applied') {
  const compare = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  const name = (a: RosterRow, b: RosterRow) => compare.compare(listName(a.registration), listName(b.registration));
  const agency = ({ registration }: RosterRow) => registration.profile?.agency ?? '';
  return (a: RosterRow, b: RosterRow): number => {
    if (by === 'applied') return a.registration.appliedAt - b.registration.appliedAt;
    return (by === 'agency' ? compare.compare(agency(a), agency(b)) : 0) || name(a, b);
  };
}

export interface ExportAsk {
  readonly event: EventId;
  readonly columns: readonly string[];
  readonly status: readonly RegistrationStatus[];
  readonly session?: SessionId | undefined;
  /** Whether answers or times of arrival are among the columns, which cost a read more. */
  readonly withDetails: boolean;
  readonly withArrivals: boolean;
}

export interface ExportRow extends RosterRow {
  readonly arrivals: readonly Arrival[];
}

/** An event's people for a file. */
export interface Exported {
  readonly event: TrainingEvent;
  readonly program: Program;
  /** In the order of their keys. Those who can't be read are left out. */
  readonly rows: AsyncIterable<ExportRow>;
  /** How many were left out of the rows that were read so far. */
  readonly leftOut: () => number;
}

/** An event's people for a file, a page at a time as they are read; the export is on record before the first row. */
export async function exportRoster(ctx: Context, input: ExportAsk): Promise<Result<Exported>> {
  const event = await runEvent(ctx, input.event);
  if (!event.ok) return event;
  const program = await ctx.store.program(event.value.programId);
  if (!program) return unknown('event');
  await ctx.store.note(
    audited(input.event, null, ctx.clock.now(), ctx.actor, 'exported attendee list', input.columns.join(', ')),
  );
  const details = input.withDetails ? await ctx.store.detailsOf(input.event) : new Map<PersonId, RegistrationDetails>();
  const arrivals = Map.groupBy(input.withArrivals ? await ctx.store.arrivals(input.event) : [], (one) => one.person);
  const found = event.value;
  let leftOut = 0;
  async function* rows(): AsyncGenerator<ExportRow> {
    for await (const { items, unreadable } of rosterPages(ctx, input.event)) {
      leftOut += unreadable;
      for (const registration of items) {
        const row = { registration, details: details.get(registration.person) ?? null };
        if (!input.status.includes(registration.status)) continue;
        if (input.session && !sessionsOf(registration, found).includes(input.session)) continue;
        yield { ...row, arrivals: arrivals.get(registration.person) ?? [] };
      }
    }
  }
  return ok({ event: found, program, rows: rows(), leftOut: () => leftOut });
}

/** Everybody who waits for an answer: of one event, or of all, oldest first. */
export async function listPending(
  ctx: Context,
  input: { readonly event: EventId | null },
): Promise<Result<readonly RosterRow[]>> {
  const refused = staffOnly(ctx);
  if (refused) return refused;
  const registrations = await ctx.store.pending(input.event);
  const details = input.event ? await ctx.store.detailsOf(input.event) : new Map<PersonId, RegistrationDetails>();
  return ok(registrations.map((registration) => ({ registration, details: details.get(registration.person) ?? null })));
}
