import type { TrainingEvent } from '../../../domain/event.ts';
import type { Program } from '../../../domain/program.ts';
import { EASTERN, MINUTE, zoned, type Instant, type TimeZone } from '../../../domain/time.ts';
import type { EditorValues, QuestionValues, SessionValues } from '../../../../web/pages/staff/editor-values.ts';

const NO_SESSION: SessionValues = {
  id: '',
  title: '',
  date: '',
  start: '',
  length: '60',
  joinUrl: '',
  location: '',
  track: '',
  capacity: '',
};
const NO_QUESTION: QuestionValues = { id: '', label: '', kind: 'text', required: false, options: '', maxLength: '' };

/** A press that adds or removes a block; null: another press. */
export function rearranged(values: EditorValues, press: string): EditorValues | null {
  const last = values.sessions.at(-1);
  if (press === 'add-session')
    return {
      ...values,
      sessions: [...values.sessions, { ...(last ?? NO_SESSION), id: '', title: '', date: '', joinUrl: '' }],
    };
  if (press === 'add-question') return { ...values, questions: [...values.questions, NO_QUESTION] };
  const [, list, index] = /^remove-(session|question)-(\d+)$/.exec(press) ?? [];
  const without = <T>(items: readonly T[]): T[] => items.filter((_, at) => at !== Number(index));
  if (list === 'session') return { ...values, sessions: without(values.sessions) };
  return list === 'question' ? { ...values, questions: without(values.questions) } : null;
}

const local = (at: Instant, zone: TimeZone): { date: string; time: string } => {
  const there = zoned(at, zone);
  return { date: there.toPlainDate().toString(), time: there.toPlainTime().toString({ smallestUnit: 'minute' }) };
};

/** How seats are given, as the form's box says it. */
export const modeValue = ({ mode }: Pick<TrainingEvent, 'mode'>): string => (mode === 'sealed' ? mode : '');

/** An event as the form shows it. */
export function eventValues(event: TrainingEvent, program: Program | null, known: readonly string[]): EditorValues {
  const zone = event.timeZone;
  const asProgram = JSON.stringify(event.audience) === JSON.stringify(program?.audience);
  const emails = event.trainers.map((trainer) => trainer.email);
  return {
    programId: event.programId,
    title: event.title,
    description: event.description,
    outcomes: event.outcomes.join('\n'),
    timeZone: zone,
    sessionChoice: event.sessionChoice,
    capacity: event.capacity === null ? '' : String(event.capacity),
    mode: modeValue(event),
    approval: event.approval,
    audience: asProgram
      ? { kind: '', hosts: '', others: 'review' }
      : { kind: event.audience.kind, hosts: event.audience.hosts.join('\n'), others: event.audience.others },
    opens: local(event.opensAt, zone),
    closes: local(event.closesAt, zone),
    joinOpensMinutes: String(event.joinOpensMinutes),
    knownTrainers: emails.filter((email) => known.includes(email)),
    trainers: emails.filter((email) => !known.includes(email)).join('\n'),
    sessions: event.sessions.map((session) => {
      const start = local(session.startsAt, zone);
      return {
        id: session.id,
        title: session.title,
        date: start.date,
        start: start.time,
        length: String((session.endsAt - session.startsAt) / MINUTE),
        joinUrl: '',
        location: session.location,
        track: session.track ?? '',
        capacity: session.capacity === null ? '' : String(session.capacity),
      };
    }),
    questions: event.questions.map((question) => ({
      id: question.id,
      label: question.label,
      kind: question.kind,
      required: question.required,
      options: (question.options ?? []).join('\n'),
      maxLength: question.maxLength === undefined ? '' : String(question.maxLength),
    })),
  };
}

/** A new event: registration opens tomorrow morning, the rest is to be said. */
export function emptyEvent(now: Instant, programId: string): EditorValues {
  const tomorrow = zoned(now, EASTERN).toPlainDate().add({ days: 1 }).toString();
  return {
    programId,
    title: '',
    description: '',
    outcomes: '',
    timeZone: EASTERN,
    sessionChoice: 'all',
    capacity: '',
    mode: '',
    approval: 'automatic',
    audience: { kind: '', hosts: '', others: 'review' },
    opens: { date: tomorrow, time: '09:00' },
    closes: { date: '', time: '17:00' },
    joinOpensMinutes: '15',
    knownTrainers: [],
    trainers: '',
    sessions: [NO_SESSION],
    questions: [],
  };
}
