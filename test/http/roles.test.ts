import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aSession,
  at,
  draftEvent,
  eventBody,
  openSite,
  publishedEvent,
  registered,
  textAt,
  type Ask,
  type EventBody,
  type Site,
} from '../fixtures/app.ts';

/** Whose right to a route is asked for; `participant` is registered, `trainer` teaches the event. */
const ROLES = ['nobody', 'participant', 'another participant', 'trainer', 'another trainer', 'staff'] as const;
type Who = (typeof ROLES)[number];

const ADDRESSES: Readonly<Record<Exclude<Who, 'nobody'>, string>> = {
  participant: 'pat@agency.example.gov',
  'another participant': 'other@agency.example.gov',
  trainer: 'trainer@ccht.example.org',
  'another trainer': 'other-trainer@ccht.example.org',
  staff: 'staff@hq.dhs.gov',
};

/** What a row's address may name. */
interface Scene {
  readonly event: string;
  readonly registration: string;
  readonly slug: string;
  readonly join: string;
  readonly file: string;
  readonly program: string;
  readonly programVersion: string;
  readonly session: string;
  /** A list of people that staff checked. */
  readonly list: string;
}

type Kind = 'offered' | 'published' | 'choose' | 'pending' | 'denied' | 'draft';

interface Row {
  /** The state that it is asked in; an event with `participant` confirmed, unless told. */
  readonly scene?: Kind;
  /** What stands in its address dies with what other rows do. */
  readonly alone?: true;
  /** `:name` of the route's address by what it stands for in the scene. */
  readonly as?: Readonly<Partial<Record<string, keyof Scene>>>;
  readonly ask?: (scene: Scene, who: Who, site: Site) => Ask | Promise<Ask>;
  /** The status for each role, in the order of {@link ROLES}. */
  readonly answers: string;
}

const all = (status: number): string => ROLES.map(() => status).join(' ');
const SIGNED_IN = '401 200 200 200 200 200';
const STAFF = (status: number): string => `401 403 403 403 403 ${status}`;
const RUNS = '401 403 403 200 403 200';
const STAFF_PAGE = (status: number): string => `303 403 403 403 403 ${status}`;
const RUNS_PAGE = '303 403 403 200 403 200';
/** A page that asks to sign in, and then is theirs. */
const OWN_PAGE = '303 200 200 200 200 200';

const json = (body: unknown) => (): Ask => ({ body });
/** A list of one person as a browser sends it from its form. */
const LIST =
  '--list-of-people\r\ncontent-disposition: form-data; name="file"; filename="list.csv"\r\n\r\n' +
  'email,name,agency\r\nlisted@agency.example.gov,Listed Person,An agency\r\n\r\n--list-of-people--\r\n';
const form = (fields: Readonly<Record<string, string>>) => (): Ask => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const versioned =
  (version: (scene: Scene) => string, body: unknown) =>
  (scene: Scene): Ask => ({
    body,
    headers: { 'if-match': version(scene) },
  });
const emailOf = (who: Who): string => `${who.replaceAll(' ', '-')}@roles.example.gov`;
/** An event as the editor's form sends it. */
const editorForm = async (scene: Scene): Promise<Ask> =>
  form({
    do: 'save',
    rev: '2',
    programId: scene.program,
    title: 'Typed into the form',
    description: 'What it is about.',
    timeZone: 'America/New_York',
    sessionChoice: 'all',
    capacity: '20',
    approval: 'automatic',
    'opens.date': '2027-01-10',
    'opens.time': '09:00',
    'closes.date': '2027-01-24',
    'closes.time': '17:00',
    joinOpensMinutes: '15',
    'sessions.0.id': scene.session,
    'sessions.0.title': 'Session 1',
    'sessions.0.date': '2027-01-25',
    'sessions.0.start': '09:00',
    'sessions.0.length': '60',
  })();
const PROFILE = { name: 'Dana Whitfield', agency: 'An agency', timeZone: 'America/Denver' };
const PROGRAM = {
  name: 'A program of the tests',
  owner: 'CCHT',
  cadence: 'annual',
  group: 'public',
  audience: { kind: 'anyone', hosts: [], others: 'review' },
  visibility: 'public',
  sensitivity: 'public',
  marking: '',
  covers: [],
  instead: null,
};
const HOST = {
  agency: 'Harlow County Sheriff',
  class: 'shared',
  lists: ['law-enforcement'],
  evidence: 'Their site',
  expiresAt: '2027-12-01T00:00:00Z',
};

/** Every route there is. A new one without its row fails the first test. */
const ROWS: Readonly<Record<string, Row>> = {
  'GET /api/health': { answers: all(200) },
  'GET /api/openapi.json': { answers: all(200) },
  'GET /api/programs': { answers: all(200) },
  'POST /api/programs': {
    ask: (_scene, who) => ({ body: { ...PROGRAM, key: `program-of-${who.replaceAll(' ', '-')}` } }),
    answers: STAFF(201),
  },
  'PATCH /api/programs/:id': {
    as: { id: 'program' },
    ask: versioned((scene) => scene.programVersion, { owner: 'CCHT with others' }),
    answers: STAFF(200),
  },
  'GET /api/events': { answers: all(200) },
  'POST /api/events': {
    ask: async (_scene, _who, site) => ({ body: await eventBody(site) }),
    answers: STAFF(201),
  },
  'GET /api/events/:id': { as: { id: 'event' }, answers: all(200) },
  'PATCH /api/events/:id': {
    as: { id: 'event' },
    ask: versioned(() => '"2"', { description: 'In other words.' }),
    answers: STAFF(200),
  },
  'POST /api/events/:id/publish': { scene: 'draft', as: { id: 'event' }, answers: STAFF(200) },
  'POST /api/events/:id/cancel': { as: { id: 'event' }, ask: json({ reason: 'It snows.' }), answers: STAFF(200) },
  'GET /api/staff/events': { answers: STAFF(200) },
  'POST /api/events/:id/registrations/import': {
    as: { id: 'event' },
    ask: () => ({
      raw: 'email,name,agency\r\nlisted@agency.example.gov,Listed Person,An agency\r\n',
      headers: { 'content-type': 'text/csv' },
    }),
    answers: STAFF(200),
  },
  'GET /api/events/:id/registrations/import/:job': { as: { id: 'event', job: 'list' }, answers: STAFF(200) },
  'GET /api/trainer/events': { answers: '401 403 403 200 200 200' },
  'POST /api/sign-in': { ask: (_scene, who) => ({ body: { email: emailOf(who) } }), answers: all(202) },
  'POST /api/sign-in/verify': {
    ask: (_scene, who) => ({ body: { email: emailOf(who), code: '123456', challenge: 'none.such' } }),
    answers: all(401),
  },
  'POST /api/sign-out': { answers: all(204) },
  'GET /api/me': { answers: SIGNED_IN },
  'PUT /api/me': { ask: json(PROFILE), answers: SIGNED_IN },
  'GET /api/me/calendar': { answers: SIGNED_IN },
  'POST /api/me/calendar/rotate': { answers: SIGNED_IN },
  'GET /api/me/registrations': { answers: SIGNED_IN },
  'POST /api/events/:id/registrations': {
    as: { id: 'event' },
    ask: json({}),
    answers: '401 200 201 201 201 201',
  },
  'GET /api/registrations/:id': { as: { id: 'registration' }, answers: '401 200 404 404 404 200' },
  'PATCH /api/registrations/:id': {
    as: { id: 'registration' },
    ask: versioned(() => '"1"', { accommodations: { needs: ['large-print'] } }),
    answers: '401 200 404 404 404 404',
  },
  'POST /api/registrations/:id/cancel': { as: { id: 'registration' }, answers: '401 200 404 404 404 200' },
  'POST /api/registrations/:id/transfer': {
    as: { id: 'registration' },
    ask: json({ email: 'colleague@agency.example.gov' }),
    answers: '401 200 404 404 404 404',
  },
  'DELETE /api/registrations/:id/transfer': {
    scene: 'offered',
    as: { id: 'registration' },
    answers: '401 200 404 404 404 404',
  },
  'POST /api/registrations/:id/transfer/accept': {
    scene: 'offered',
    as: { id: 'registration' },
    ask: json({}),
    answers: '401 404 200 404 404 404',
  },
  'POST /api/registrations/:id/supervisor': {
    scene: 'pending',
    as: { id: 'registration' },
    ask: json({ email: 'supervisor@fema.dhs.gov' }),
    answers: '401 200 404 404 404 404',
  },
  'POST /api/registrations/:id/approve': { scene: 'pending', as: { id: 'registration' }, answers: STAFF(200) },
  'POST /api/registrations/:id/deny': {
    scene: 'pending',
    as: { id: 'registration' },
    ask: json({ reason: 'It is for those who work on cases.' }),
    answers: STAFF(200),
  },
  'POST /api/registrations/:id/reopen': { scene: 'denied', as: { id: 'registration' }, answers: STAFF(200) },
  'GET /api/events/:id/registrations': { as: { id: 'event' }, answers: RUNS },
  'POST /api/events/:id/registrations/search': { as: { id: 'event' }, ask: json({ q: 'pat' }), answers: RUNS },
  'GET /api/events/:id/roster.csv': { as: { id: 'event' }, answers: RUNS },
  'POST /api/events/:id/decisions': {
    scene: 'pending',
    as: { id: 'event' },
    ask: (scene) => ({ body: [{ registrationId: scene.registration, decision: 'approve' }] }),
    answers: STAFF(200),
  },
  'GET /api/hosts/:host': { ask: () => ({}), answers: STAFF(200) },
  'PUT /api/hosts/:host': { ask: json(HOST), answers: STAFF(200) },
  'POST /api/coordinators': {
    ask: () => ({ body: { email: ADDRESSES.participant, hosts: [] } }),
    answers: STAFF(200),
  },
  'GET /api/audit': { answers: STAFF(200) },

  'GET /api/programs/:id': { as: { id: 'program' }, answers: all(200) },

  'GET /': { answers: all(200) },
  'GET /trainings/:slug': { as: { slug: 'slug' }, answers: all(200) },
  'GET /privacy': { answers: all(200) },
  'GET /time-zone': { answers: all(200) },
  'POST /time-zone': { ask: form({ zone: 'America/Denver' }), answers: all(303) },
  'GET /trainings/:slug/register': { as: { slug: 'slug' }, answers: '303 303 200 200 200 200' },
  'POST /trainings/:slug/register': {
    as: { slug: 'slug' },
    ask: form({ ...PROFILE, attempt: '1' }),
    answers: all(303),
  },
  'GET /trainings/:slug/agenda': { scene: 'choose', as: { slug: 'slug' }, answers: all(200) },
  'POST /trainings/:slug/agenda': {
    scene: 'choose',
    as: { slug: 'slug' },
    ask: (scene) => form({ was: '', sessions: scene.session })(),
    answers: all(303),
  },
  'GET /registrations': { answers: OWN_PAGE },
  'POST /registrations/calendar': { answers: all(303) },
  'GET /registrations/:id': { as: { id: 'registration' }, answers: '303 200 404 404 404 200' },
  'GET /registrations/:id/calendar.ics': { as: { id: 'registration' }, answers: '303 200 404 404 404 404' },
  'GET /registrations/:id/give-back': { as: { id: 'registration' }, answers: '303 200 404 404 404 200' },
  'POST /registrations/:id/send-again': {
    as: { id: 'registration' },
    ask: form({}),
    answers: '303 303 404 404 404 404',
  },
  'POST /registrations/:id/give-back': { as: { id: 'registration' }, answers: '303 303 404 404 404 303' },
  'GET /registrations/:id/answers': { as: { id: 'registration' }, answers: '303 200 404 404 404 200' },
  'POST /registrations/:id/answers': {
    as: { id: 'registration' },
    ask: form({ rev: '1' }),
    answers: '303 303 404 404 404 404',
  },
  'GET /registrations/:id/hand-over': { as: { id: 'registration' }, answers: '303 200 404 404 404 404' },
  'POST /registrations/:id/hand-over': {
    as: { id: 'registration' },
    ask: form({ email: 'colleague@agency.example.gov' }),
    answers: '303 303 404 404 404 404',
  },
  // coordinators alone: test/http/coordinator.test.ts
  'GET /trainings/:slug/list': { as: { slug: 'slug' }, answers: '303 404 404 404 404 404' },
  'POST /trainings/:slug/list': { as: { slug: 'slug' }, answers: '303 404 404 404 404 404' },
  'GET /trainings/:slug/list/:job': { as: { slug: 'slug', job: 'list' }, answers: '303 404 404 404 404 404' },
  'POST /trainings/:slug/list/:job': { as: { slug: 'slug', job: 'list' }, answers: '303 404 404 404 404 404' },
  'GET /registrations/:id/supervisor': {
    scene: 'pending',
    as: { id: 'registration' },
    answers: '303 200 404 404 404 404',
  },
  'POST /registrations/:id/supervisor': {
    scene: 'pending',
    as: { id: 'registration' },
    ask: form({ email: 'supervisor@fema.dhs.gov' }),
    answers: '303 303 404 404 404 404',
  },
  // whoever has the address in the supervisor's mail, and nobody else: test/http/sponsor.test.ts
  'GET /confirm/:secret': { as: { secret: 'event' }, answers: all(404) },
  'POST /confirm/:secret': { as: { secret: 'event' }, ask: form({ answer: 'confirmed' }), answers: all(404) },
  'GET /registrations/:id/take-over': {
    scene: 'offered',
    as: { id: 'registration' },
    answers: '303 404 200 404 404 404',
  },
  'POST /registrations/:id/take-over': {
    scene: 'offered',
    as: { id: 'registration' },
    ask: form({}),
    answers: '303 404 303 404 404 404',
  },
  'GET /registrations/:id/session': { as: { id: 'registration' }, answers: '303 303 404 404 404 303' },
  'POST /registrations/:id/session': {
    as: { id: 'registration' },
    ask: (scene) => form({ rev: '1', sessions: scene.session })(),
    answers: '303 303 404 404 404 404',
  },
  'GET /profile': { answers: OWN_PAGE },
  'POST /profile': { ask: form(PROFILE), answers: all(303) },
  'GET /join/:secret': { as: { secret: 'join' }, answers: all(403) },
  'POST /join/:secret': { as: { secret: 'join' }, answers: all(403) },
  'GET /calendar/:file{.+\\.ics}': { alone: true, as: { file: 'file' }, answers: all(200) },
  'GET /sign-in': { answers: all(200) },
  'POST /sign-in': { ask: (_scene, who) => form({ email: `page-${emailOf(who)}` })(), answers: all(200) },
  'GET /sign-in/code': { answers: all(303) },
  'POST /sign-in/code': { ask: (_scene, who) => form({ email: emailOf(who), code: '123456' })(), answers: all(401) },
  'POST /sign-out': { answers: all(303) },
  'GET /auth/start': { answers: all(303) },
  'GET /auth/callback': { answers: all(303) },
  'GET /resume': { answers: all(303) },

  'GET /staff': { answers: STAFF_PAGE(200) },
  'GET /staff/events': { answers: STAFF_PAGE(200) },
  'GET /staff/events/new': { answers: STAFF_PAGE(200) },
  'POST /staff/events/new': { as: { program: 'program' }, ask: editorForm, answers: STAFF_PAGE(303) },
  'GET /staff/events/:id': { as: { id: 'event' }, answers: STAFF_PAGE(303) },
  'GET /staff/events/:id/edit': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'POST /staff/events/:id/edit': { as: { id: 'event' }, ask: editorForm, answers: STAFF_PAGE(303) },
  'GET /staff/events/:id/cancel': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'POST /staff/events/:id/cancel': {
    as: { id: 'event' },
    ask: form({ reason: 'It snows.' }),
    answers: STAFF_PAGE(303),
  },
  'GET /staff/events/:id/review': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'POST /staff/events/:id/review': {
    scene: 'pending',
    as: { id: 'event' },
    ask: (scene) => form({ do: 'approve', registration: scene.registration })(),
    answers: STAFF_PAGE(303),
  },
  'GET /staff/events/:id/roster': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'POST /staff/events/:id/roster': { as: { id: 'event' }, ask: form({ q: 'pat' }), answers: STAFF_PAGE(200) },
  'GET /staff/events/:id/import': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'POST /staff/events/:id/import': {
    as: { id: 'event' },
    ask: () => ({ raw: LIST, headers: { 'content-type': 'multipart/form-data; boundary=list-of-people' } }),
    answers: STAFF_PAGE(303),
  },
  'GET /staff/events/:id/import/:job': { as: { id: 'event', job: 'list' }, answers: STAFF_PAGE(200) },
  'POST /staff/events/:id/import/:job': { as: { id: 'event', job: 'list' }, answers: STAFF_PAGE(303) },
  'GET /staff/events/:id/waitlist': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'GET /staff/events/:id/history': { as: { id: 'event' }, answers: STAFF_PAGE(200) },
  'GET /staff/registrations/:id': { as: { id: 'registration' }, answers: STAFF_PAGE(200) },
  'POST /staff/registrations/:id/cancel': {
    as: { id: 'registration' },
    ask: form({ reason: 'You asked us to.' }),
    answers: STAFF_PAGE(303),
  },
  'POST /staff/registrations/:id/reopen': {
    scene: 'denied',
    as: { id: 'registration' },
    ask: form({}),
    answers: STAFF_PAGE(303),
  },
  'GET /staff/people': { answers: STAFF_PAGE(200) },
  'POST /staff/people': { ask: form({ email: 'pat@agency.example.gov' }), answers: STAFF_PAGE(200) },
  'POST /staff/people/staff': {
    ask: form({ email: 'other@agency.example.gov', do: 'end', rev: '1' }),
    answers: STAFF_PAGE(200),
  },
  'POST /staff/people/coordinator': {
    ask: form({ email: 'pat@agency.example.gov', hosts: 'not a host', rev: '1' }),
    answers: STAFF_PAGE(422),
  },
  'GET /staff/hosts': { answers: STAFF_PAGE(200) },
  'GET /staff/hosts/:host': { answers: STAFF_PAGE(200) },
  'POST /staff/hosts/:host': {
    ask: async (_scene, _who, at) => {
      const shown = await at.get('/staff/hosts/hq.dhs.gov', { token: at.staff });
      const rev = /name="rev" value="(\d+)"/.exec(shown.text)?.[1] ?? '';
      return form({ ...HOST, lists: 'law-enforcement', ends: '2027-12-01', rev })();
    },
    answers: STAFF_PAGE(303),
  },
  'GET /staff/messages': { answers: STAFF_PAGE(200) },
  'POST /staff/messages': { ask: form({ message: 'all' }), answers: STAFF_PAGE(303) },
  'POST /staff/messages/hold': { ask: form({}), answers: STAFF_PAGE(303) },
  'POST /staff/messages/release': { ask: form({}), answers: STAFF_PAGE(303) },
  'GET /trainer': { answers: '303 403 403 200 200 200' },
  'GET /trainer/events/:id': { as: { id: 'event' }, answers: RUNS_PAGE },
  'POST /trainer/events/:id': { as: { id: 'event' }, ask: form({ q: 'pat' }), answers: RUNS_PAGE },
};

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const EVENTS: Readonly<Record<Kind, EventBody>> = {
  published: {},
  offered: {},
  choose: { sessionChoice: 'any', sessions: [aSession(0), aSession(1)] },
  pending: { approval: 'manual' },
  denied: { approval: 'manual' },
  draft: {},
};

/** An event, and `participant` registered for it where it is published. */
async function sceneOf(kind: Kind): Promise<Scene> {
  const body = { ...EVENTS[kind], capacity: 20, trainers: [ADDRESSES.trainer] };
  const event = kind === 'draft' ? await draftEvent(site, body) : await publishedEvent(site, body);
  const seen = await site.get(`/api/events/${event}`, { token: site.staff });
  const session = textAt(seen, 'sessions', 0, 'id');
  const program = (await site.context.store.programs()).find((one) => one.key === 'co-presenting');
  const scene: Scene = {
    event,
    registration: 'reg_none',
    slug: new URL(textAt(seen, 'url')).pathname.split('/')[2] ?? '',
    join: 'none',
    file: 'none.ics',
    program: program?.id ?? '',
    programVersion: `"${program?.rev ?? 0}"`,
    session,
    list: kind === 'draft' ? 'none' : await listOf(event),
  };
  if (kind === 'draft') return scene;
  const sessions = kind === 'choose' ? { sessions: [session] } : {};
  const { token, id } = await registered(site, event, ADDRESSES.participant, sessions);
  if (kind === 'offered')
    await site.post(`/api/registrations/${id}/transfer`, { token, body: { email: ADDRESSES['another participant'] } });
  if (kind === 'denied')
    await site.post(`/api/registrations/${id}/deny`, { token: site.staff, body: { reason: 'Not now.' } });
  const mine = await site.get(`/api/registrations/${id}`, { token });
  const feed = await site.get('/api/me/calendar', { token });
  return {
    ...scene,
    registration: id,
    join:
      String(at(mine, 'sessions', 0, 'joinUrl'))
        .split('/')
        .at(-1) ?? '',
    file: textAt(feed, 'url').split('/').at(-1) ?? '',
  };
}

async function listOf(event: string): Promise<string> {
  const kept = await site.post(`/staff/events/${event}/import`, {
    token: site.staff,
    raw: LIST,
    headers: { 'content-type': 'multipart/form-data; boundary=list-of-people' },
  });
  return kept.headers.get('location')?.split('/').at(-1) ?? '';
}

const tokenOf = (who: Who): Promise<string> | undefined => {
  if (who === 'nobody') return undefined;
  const role = who === 'staff' ? 'staff' : who.endsWith('trainer') ? 'trainer' : 'participant';
  return site.token(role, ADDRESSES[who]);
};

/** Routes of the application: middleware answers nothing of its own. */
const routesOf = ({ app }: Site): string[] =>
  [
    ...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
  ].toSorted();

test('every route has a row, and every row a route', () => {
  expect(routesOf(site)).toEqual(Object.keys(ROWS).toSorted());
});

/** Scenes that nothing changes: of rows that read, and of cells that are refused. */
const standing = new Map<Kind, Promise<Scene>>();

function shared(kind: Kind): Promise<Scene> {
  const scene = standing.get(kind) ?? sceneOf(kind);
  standing.set(kind, scene);
  return scene;
}

const addressIn = (path: string, row: Row, scene: Scene): string =>
  path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
    name === 'host' ? 'hq.dhs.gov' : scene[row.as?.[name] ?? 'event'],
  );

test('no GET changes anything, whoever asks; what is looked at or exported is on record', async () => {
  const scene = await sceneOf('published');
  const tokens: (string | undefined)[] = [];
  for (const who of ROLES) tokens.push(await tokenOf(who));
  const gets = Object.entries(ROWS).filter(([route]) => route.startsWith('GET '));
  const before = await site.contents();
  for (const [route, row] of gets)
    for (const token of tokens) await site.get(addressIn(route.slice('GET '.length), row, scene), { token });
  const after = [...(await site.contents())].filter(([key]) => before.has(key) || !key.startsWith('AUDIT#'));
  expect(new Map(after)).toEqual(before);
});

describe.each(Object.entries(ROWS))('%s', (route, row) => {
  const [method = '', path = ''] = route.split(' ');
  const kind = row.scene ?? 'published';

  test.each(ROLES.map((who, index) => [who, Number(row.answers.split(' ')[index])] as const))(
    'to %s: %i',
    async (who, status) => {
      const changes = method !== 'GET' && row.as !== undefined && status < 400;
      const scene = await (changes || row.alone ? sceneOf(kind) : shared(kind));
      const address = addressIn(path, row, scene);
      const ask = { ...(await row.ask?.(scene, who, site)), token: await tokenOf(who) };
      const answer = await site.request(method, address, ask);
      expect(answer.status, answer.text.slice(0, 300)).toBe(status);
    },
  );
});
