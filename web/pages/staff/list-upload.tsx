import { Button, LinkButton } from '../../components/button.tsx';
import { Choices, type Choice } from '../../components/choices.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { errorAt, FieldProblem, type Errors } from '../../components/field.tsx';
import type { DeskFrame } from '../../frame.ts';
import { idOf } from '../../words/paths.ts';
import { EventFrame, type StaffEvent } from './event-frame.tsx';

export interface ListUploadProps {
  /** What people choose from; null where they take all. */
  readonly sessions: {
    readonly many: boolean;
    readonly options: readonly Choice[];
    readonly chosen: readonly string[];
  } | null;
  /** Words of the event's questions, which columns may be named after. */
  readonly questions: readonly string[];
  readonly errors: Errors;
}

export interface ListUploadPageProps extends ListUploadProps {
  readonly frame: DeskFrame;
  readonly event: StaffEvent;
}

/** `/staff/events/:id/import`: a file of people to register. Posts `file` and `sessions` to itself. */
export const ListUploadPage = ({ frame, event, ...list }: ListUploadPageProps) => (
  <EventFrame frame={frame} event={event} at="list" title="Register a list" error={list.errors.length > 0}>
    <ListUpload
      {...list}
      action={`${event.href}/import`}
      about="Each of them gets a seat, a place on the waitlist or a check by the same rules as everybody, in the order of the list, and an email, also outside of the registration window. You see what would happen first."
      back={{ href: `${event.href}/roster`, words: 'Back to the roster' }}
    />
  </EventFrame>
);

interface UploadProps extends ListUploadProps {
  /** Where the form posts. */
  readonly action: string;
  readonly about: string;
  readonly back: { readonly href: string; readonly words: string };
}

/** The form for a list of people, for staff and coordinators. */
export const ListUpload = ({ sessions, questions, errors, action, about, back }: UploadProps) => (
  <div class="narrow">
    <ErrorSummary errors={errors} to="check the list" rest="Nobody was registered. Choose the file again." />
    <h2>Register a list of people</h2>
    <p>{about}</p>
    {questions.length > 0 ? (
      <p>
        A column may answer one of this training’s questions; name it in the same words:{' '}
        {questions.map((question) => `“${question}”`).join(', ')}. Separate several answers with semicolons. Whoever has
        no answer here can give it on the page of their registration.
      </p>
    ) : null}
    <form method="post" action={action} enctype="multipart/form-data" novalidate>
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
        <LinkButton href={back.href} look="outline">
          {back.words}
        </LinkButton>
      </div>
    </form>
  </div>
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
