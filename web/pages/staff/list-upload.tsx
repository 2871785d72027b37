import { Button, LinkButton } from '../../components/button.tsx';
import { Choices, type Choice } from '../../components/choices.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { errorAt, FieldProblem, type Errors } from '../../components/field.tsx';
import type { DeskFrame } from '../../frame.ts';
import { idOf } from '../../words/paths.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';

export interface ListUploadPageProps {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
  /** What people choose from; null where they take all. */
  readonly sessions: {
    readonly many: boolean;
    readonly options: readonly Choice[];
    readonly chosen: readonly string[];
  } | null;
  /** The event has questions, which a list does not answer. */
  readonly asks: boolean;
  readonly errors: Errors;
}

/** `/staff/events/:id/import`: a file of people to register. Posts `file` and `sessions` to itself. */
export const ListUploadPage = ({ frame, event, sessions, asks, errors }: ListUploadPageProps) => (
  <EventFrame frame={frame} event={event} at="list" title="Register a list" error={errors.length > 0}>
    <div class="narrow">
      <ErrorSummary errors={errors} to="check the list" rest="Nobody was registered. Choose the file again." />
      <h2>Register a list of people</h2>
      <p>
        Each of them gets a seat, a place on the waitlist or a check by the same rules as everybody, in the order of the
        list, and an email, also outside of the registration window. You see what would happen first.
      </p>
      {asks ? <p>They answer this training’s questions on the page of their registration.</p> : null}
      <form method="post" action={`${event.href}/import`} enctype="multipart/form-data" novalidate>
        {sessions ? (
          <Choices
            path="sessions"
            legend={sessions.many ? 'Sessions that they all take' : 'The session that they all take'}
            errors={errors}
            options={sessions.options}
            chosen={sessions.chosen}
            many={sessions.many}
          />
        ) : null}
        <FileField errors={errors} />
        <div class="button-row">
          <Button>Check the list</Button>
          <LinkButton href={`${event.href}/roster`} look="outline">
            Back to the roster
          </LinkButton>
        </div>
      </form>
    </div>
  </EventFrame>
);

const FileField = ({ errors }: { errors: Errors }) => {
  const id = idOf('file');
  const error = errorAt(errors, 'file');
  return (
    <div class={`field${error ? ' field-wrong' : ''}`}>
      <label class="usa-label" for={id}>
        The list, a CSV file
      </label>
      <div class="usa-hint" id={`${id}-hint`}>
        At most 5,000 rows. The first row names the columns: email, name and agency, and if you have them title and
        component. Save it from a spreadsheet as “CSV UTF-8”.
      </div>
      {error ? <FieldProblem id={`${id}-error`} words={error} /> : null}
      <input
        class="list-file"
        type="file"
        id={id}
        name="file"
        accept=".csv,text/csv"
        autocomplete="off"
        aria-describedby={[`${id}-hint`, error ? `${id}-error` : ''].filter(Boolean).join(' ')}
        aria-invalid={error ? 'true' : undefined}
      />
    </div>
  );
};
