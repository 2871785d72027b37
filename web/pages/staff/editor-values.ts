import type { Errors } from '../../components/field.tsx';

/** A session as typed. Dates are `2027-06-09`, times `15:00`, in the event's zone; the length is in minutes. */
export interface SessionValues {
  /** Empty for a new one. */
  readonly id: string;
  readonly title: string;
  readonly date: string;
  readonly start: string;
  readonly length: string;
  readonly joinUrl: string;
  readonly location: string;
  readonly track: string;
  /** Seats of its own, where people take one session; empty: the event's number. */
  readonly capacity: string;
}

/** A question as typed; `options` a line each. */
export interface QuestionValues {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly required: boolean;
  readonly options: string;
  /** Of an answer in words; empty: as long as usual. */
  readonly maxLength: string;
}

/**
 * The editor's form as typed, so that nothing is lost on an error. A field's name is its path here:
 * `sessions.0.start`, `questions.1.label`, `opens.date`; lists are counted from 0.
 */
export interface EditorValues {
  readonly programId: string;
  readonly title: string;
  readonly description: string;
  /** A line each. */
  readonly outcomes: string;
  readonly timeZone: string;
  readonly sessionChoice: string;
  /** Empty: no limit. */
  readonly capacity: string;
  /** `sealed` where staff expect a rush, else empty. */
  readonly mode: string;
  readonly approval: string;
  /** `kind` empty: as the program says. `hosts` a line each. */
  readonly audience: { readonly kind: string; readonly hosts: string; readonly others: string };
  readonly opens: { readonly date: string; readonly time: string };
  readonly closes: { readonly date: string; readonly time: string };
  readonly joinOpensMinutes: string;
  /** Addresses ticked among the known trainers (`trainer`), and others typed, a line each (`trainers`). */
  readonly knownTrainers: readonly string[];
  readonly trainers: string;
  readonly sessions: readonly SessionValues[];
  readonly questions: readonly QuestionValues[];
}

const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^sessions\.(\d+)\.startsAt$/, 'sessions.$1.start'],
  [/^sessions\.(\d+)\.endsAt$/, 'sessions.$1.length'],
  [/^sessions\.(\d+)\.id$/, 'sessions.$1.title'],
  [/^sessions$/, 'sessions.0.title'],
  [/^opensAt$/, 'opens.date'],
  [/^closesAt$/, 'closes.date'],
  [/^trainers\.\d+$/, 'trainers'],
  [/^audience$/, 'audience.kind'],
  [/^audience\.hosts\.\d+$/, 'audience.hosts'],
  [/^outcomes\.\d+$/, 'outcomes'],
  [/^questions\.(\d+)\.options\.\d+$/, 'questions.$1.options'],
  [/^questions\.(\d+)\.(id|required)$/, 'questions.$1.label'],
  [/^questions$/, 'questions.0.label'],
];

/** The seats that the form asks for, to tell one number from another; `none`: no limit. */
export const seatsTyped = ({ capacity, sessions }: EditorValues): string =>
  [capacity || 'none', ...sessions.map((session) => session.capacity)].join('/');

/** Brings the domain's errors to the fields of this form. */
export const atFields = (errors: Errors): Errors =>
  errors.map((error) => {
    const found = PATHS.find(([domain]) => domain.test(error.path));
    return found ? { ...error, path: error.path.replace(found[0], found[1]) } : error;
  });

/** The sections of the form, and which fields each holds. */
export const SECTIONS = [
  { id: 'basics', words: 'Basics', holds: /^(programId|title|description|outcomes)$/ },
  { id: 'sessions', words: 'Sessions', holds: /^(sessions|timeZone|sessionChoice)/ },
  { id: 'people', words: 'Seats and people', holds: /^(capacity|mode|approval|audience)/ },
  { id: 'registration', words: 'Registration', holds: /^(opens|closes|joinOpensMinutes)/ },
  { id: 'questions', words: 'Questions', holds: /^questions/ },
  { id: 'trainers', words: 'Trainers', holds: /^trainers/ },
] as const;
