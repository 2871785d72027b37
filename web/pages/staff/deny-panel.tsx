import { Button } from '../../components/button.tsx';
import { OneChoice } from '../../components/choices.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { errorAt, FieldProblem, TextArea } from '../../components/field.tsx';
import { idOf } from '../../words/paths.ts';
import { listed } from '../../words/when.ts';
import type { Applicant, Denying } from './review.tsx';

/** The longest reason in words of one's own, so that what is offered instead fits behind it. */
export const DENIAL_LONGEST = 400;
/** At most so many reasons have a preview; `_desk.scss` shows the one that is chosen. */
const MOST_PREVIEWS = 6;

/** Opens below the people to deny: why, in the words of the email, which is seen before it goes out. */
export const DenyPanel = (props: {
  event: { readonly href: string };
  denying: Denying;
  people: readonly Applicant[];
}) => {
  const { event, denying, people } = props;
  const names = people.map((person) => person.name || person.email);
  const who = names.length <= 3 ? listed(names, 'and') : `these ${names.length} people`;
  const error = errorAt(denying.errors, 'reason');
  return (
    <form
      class="deny"
      method="post"
      action={`${event.href}/review`}
      novalidate
      aria-label={`Deny ${who}`}
      tabindex={-1}
      autofocus={denying.errors.length === 0}
    >
      {people.map((person) => (
        <input type="hidden" name="registration" value={person.registrationId} />
      ))}
      <div>
        <ErrorSummary errors={denying.errors} to="deny" rest="Nobody was denied." />
        <fieldset class="usa-fieldset">
          <legend class="deny-legend">
            Deny {who}: what should the email say?
            {error ? <FieldProblem words={error} /> : null}
          </legend>
          {denying.reasons.map((reason, index) => (
            <OneChoice
              kind="radio"
              name="reason"
              id={index === 0 ? idOf('reason') : `${idOf('reason')}-${index}`}
              option={{ value: reason.value, label: reason.words }}
              checked={reason.value === denying.chosen}
            />
          ))}
        </fieldset>
        <TextArea
          path="other"
          label="In your own words"
          hint="Only where you chose another reason. Leave out case details."
          optional
          value={denying.other}
          errors={denying.errors}
          rows={2}
          maxlength={DENIAL_LONGEST}
        />
        {denying.instead ? (
          <OneChoice
            kind="checkbox"
            name="offer"
            id="deny-offer"
            option={{ value: 'yes', label: denying.instead.words }}
            checked={denying.instead.offered}
          />
        ) : null}
        <div class="button-row">
          <Button name="do" value="deny-send" look="danger">
            Deny {who} and send {people.length === 1 ? 'the email' : 'the emails'}
          </Button>
          <a href={`${event.href}/review`}>Not now</a>
        </div>
      </div>
      <div class="deny-preview">
        <p class="quiet small">The email, before it goes out</p>
        {denying.reasons.slice(0, MOST_PREVIEWS).map((reason, index) => (
          <div class={`preview preview-${index}`}>
            {reason.email.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </div>
        ))}
      </div>
    </form>
  );
};
