import { EventDraft } from '../../../domain/event.ts';
import { invalid, ok, type FieldError, type Result } from '../../../domain/result.ts';
import { MINUTE, momentOf, NO_TIME, plus, TimeZone, type Instant } from '../../../domain/time.ts';
import type { EditorValues, QuestionValues, SessionValues } from '../../../../web/pages/staff/editor-values.ts';
import { fieldErrors } from '../../field-errors.ts';
import type { Form } from '../page.tsx';

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** More than an event may have of anything, so that the rules can say so. */
const MOST_BLOCKS = 61;

/** How many there are of a list whose fields are counted from 0: `sessions.2.title`. */
const counted = (form: Form, list: string): number =>
  form.names().reduce((most, name) => {
    const index = new RegExp(`^${list}\\.(\\d{1,3})\\.`).exec(name)?.[1];
    return index === undefined ? most : Math.min(MOST_BLOCKS, Math.max(most, Number(index) + 1));
  }, 0);

/** The form as typed. */
export function typedEvent(form: Form): EditorValues {
  const session = (index: number): SessionValues => {
    const get = (name: string) => form.get(`sessions.${index}.${name}`);
    return {
      id: get('id'),
      title: get('title'),
      date: get('date'),
      start: get('start'),
      length: get('length'),
      joinUrl: get('joinUrl'),
      location: get('location'),
      track: get('track'),
      capacity: get('capacity'),
    };
  };
  const question = (index: number): QuestionValues => {
    const get = (name: string) => form.get(`questions.${index}.${name}`);
    return {
      id: get('id'),
      label: get('label'),
      kind: get('kind'),
      required: get('required') === 'yes',
      options: get('options'),
      maxLength: get('maxLength'),
    };
  };
  return {
    programId: form.get('programId'),
    title: form.get('title'),
    description: form.get('description'),
    outcomes: form.get('outcomes'),
    timeZone: form.get('timeZone'),
    sessionChoice: form.get('sessionChoice'),
    capacity: form.get('capacity'),
    mode: form.get('mode'),
    approval: form.get('approval'),
    audience: {
      kind: form.get('audience.kind'),
      hosts: form.get('audience.hosts'),
      others: form.get('audience.others'),
    },
    opens: { date: form.get('opens.date'), time: form.get('opens.time') },
    closes: { date: form.get('closes.date'), time: form.get('closes.time') },
    joinOpensMinutes: form.get('joinOpensMinutes'),
    knownTrainers: form.all('trainer'),
    trainers: form.get('trainers'),
    sessions: Array.from({ length: counted(form, 'sessions') }, (_, index) => session(index)),
    questions: Array.from({ length: counted(form, 'questions') }, (_, index) => question(index)),
  };
}

const MISSING = 'Clocks go forward then, so that time does not exist. Choose another';
const TWICE = 'Clocks go back then, so that time comes twice. Choose another';
const EMPTY_OR_WHOLE = 'Enter a whole number, or leave it empty';

/** The fields of the two parts of a moment, and what it is the moment of. */
interface MomentField {
  readonly date: string;
  readonly time: string;
  /** "session 1", "when registration opens" */
  readonly of: string;
}

/** A local date and time as a moment; what is wrong is said at the part that is wrong. */
function moment(
  errors: FieldError[],
  zone: TimeZone | null,
  date: string,
  time: string,
  at: MomentField,
): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) errors.push({ path: at.date, message: `Enter the date of ${at.of}` });
  if (!/^\d{2}:\d{2}$/.test(time)) errors.push({ path: at.time, message: `Enter the time of ${at.of}` });
  if (!zone || errors.some(({ path }) => path === at.date || path === at.time)) return null;
  const found = momentOf(date, time, zone);
  if (found?.kind === 'at') return found.at;
  if (!found) errors.push({ path: at.date, message: `Enter a date of ${at.of} that exists` });
  else errors.push({ path: at.time, message: found.kind === 'missing' ? MISSING : TWICE });
  return null;
}

/** What was typed as a draft, or what is wrong, a line a field. Times are local to the event's zone. */
export function parseEvent(values: EditorValues): Result<EventDraft> {
  const errors: FieldError[] = [];
  const zone = TimeZone.safeParse(values.timeZone);
  const timeZone = zone.success ? zone.data : null;
  const sessions = values.sessions.map((session, index) => {
    const path = `sessions.${index}`;
    const startsAt = moment(errors, timeZone, session.date, session.start, {
      date: `${path}.date`,
      time: `${path}.start`,
      of: `session ${index + 1}`,
    });
    const minutes = /^\d{1,4}$/.test(session.length) ? Number(session.length) : 0;
    if (minutes === 0) errors.push({ path: `${path}.length`, message: `Choose the length of session ${index + 1}` });
    return {
      ...(session.id ? { id: session.id } : {}),
      title: session.title,
      startsAt: startsAt ?? NO_TIME,
      endsAt: startsAt === null ? plus(NO_TIME, MINUTE) : plus(startsAt, Math.max(1, minutes) * MINUTE),
      joinUrl: session.joinUrl,
      location: session.location,
      track: session.track || null,
      capacity:
        values.sessionChoice === 'one'
          ? wholeNumber(errors, `${path}.capacity`, session.capacity, EMPTY_OR_WHOLE)
          : null,
    };
  });
  const opensAt = moment(errors, timeZone, values.opens.date, values.opens.time, {
    date: 'opens.date',
    time: 'opens.time',
    of: 'the opening of registration',
  });
  const closesAt = moment(errors, timeZone, values.closes.date, values.closes.time, {
    date: 'closes.date',
    time: 'closes.time',
    of: 'the end of registration',
  });
  const capacity = wholeNumber(errors, 'capacity', values.capacity, EMPTY_OR_WHOLE);
  const minutes = wholeNumber(errors, 'joinOpensMinutes', values.joinOpensMinutes, 'Enter whole minutes');
  const parsed = EventDraft.safeParse({
    programId: values.programId,
    title: values.title,
    description: values.description,
    outcomes: lines(values.outcomes),
    timeZone: values.timeZone,
    sessions,
    sessionChoice: values.sessionChoice,
    capacity,
    mode: values.mode || 'open',
    ...(values.audience.kind
      ? {
          audience: {
            kind: values.audience.kind,
            hosts: values.audience.kind === 'hosts' ? lines(values.audience.hosts) : [],
            others: values.audience.others || 'review',
          },
        }
      : {}),
    approval: values.approval,
    opensAt: opensAt ?? NO_TIME,
    closesAt: closesAt ?? plus(NO_TIME, MINUTE),
    joinOpensMinutes: minutes ?? 15,
    trainers: [...new Set([...values.knownTrainers, ...lines(values.trainers)].map((email) => email.toLowerCase()))],
    questions: values.questions.map((question, index) => questionOf(errors, question, index)),
  });
  if (parsed.success && errors.length === 0) return ok(parsed.data);
  return invalid(...inOrderOfForm([...errors, ...(parsed.success ? [] : fieldErrors(parsed.error))]));
}

const FORM_ORDER = [
  'programId',
  'title',
  'description',
  'outcomes',
  'timeZone',
  'sessionChoice',
  'sessions',
  'capacity',
  'mode',
  'audience',
  'approval',
  'opens',
  'closes',
  'joinOpensMinutes',
  'questions',
  'trainers',
];
const PART_ORDER = ['title', 'date', 'start', 'length', 'joinUrl', 'location', 'track', 'capacity'];

/** Errors in the order of the fields on the page, so that the summary reads as the page does. */
function inOrderOfForm(errors: readonly FieldError[]): FieldError[] {
  const rank = ({ path }: FieldError): number[] => {
    const [field = '', index = '0', part = ''] = path.split('.');
    return [FORM_ORDER.findIndex((name) => field.startsWith(name)), Number(index) || 0, PART_ORDER.indexOf(part)];
  };
  return errors.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one.map((value, at) => value - (other[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}

function wholeNumber(errors: FieldError[], path: string, text: string, message: string): number | null {
  if (text === '') return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  errors.push({ path, message });
  return null;
}

/** A question gets its id from its words when it is first asked, and keeps it. */
function questionOf(errors: FieldError[], question: QuestionValues, index: number) {
  const words = question.label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 30);
  const withChoices = question.kind === 'choice' || question.kind === 'several';
  const longest =
    question.kind === 'text'
      ? wholeNumber(errors, `questions.${index}.maxLength`, question.maxLength, EMPTY_OR_WHOLE)
      : null;
  return {
    id: question.id || `${words || 'question'}-${index + 1}`,
    label: question.label,
    kind: question.kind,
    required: question.required,
    ...(withChoices ? { options: lines(question.options) } : {}),
    ...(longest === null ? {} : { maxLength: longest }),
  };
}
