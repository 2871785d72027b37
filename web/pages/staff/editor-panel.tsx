import { Button, LinkButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { idOf } from '../../words/paths.ts';
import { people } from '../../words/when.ts';
import { atFields } from './editor-values.ts';
import type { EditorPageProps, PublishCheck } from './editor.tsx';

/** Beside the form: what keeps it from being published, and the acts. */
export const EditorPanel = (props: EditorPageProps) => {
  const { event, checks } = props;
  const published = event?.status === 'published';
  const wrong = checks.filter((check) => check.state === 'wrong').length;
  return (
    <aside class="panel editor-panel" aria-label={published ? 'Changes' : 'Publishing'}>
      {published ? null : (
        <div class="panel-part">
          <h2>Before you publish</h2>
          <ul class="checks">
            {checks.map((check) => (
              <li>
                <CheckIcon state={check.state} />
                <span>
                  <span class="usa-sr-only">{STATES[check.state]}</span>
                  <CheckWords {...check} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="panel-part">
        <Button name="do" value="save" wide>
          {published ? 'Save changes' : 'Save draft'}
        </Button>
        {published ? (
          <p class="small quiet">
            {event.registered > 0
              ? `Saving a change of time, place or title emails ${people(event.registered)}, calendars included.`
              : 'Nobody is registered yet, so nobody is emailed.'}
          </p>
        ) : null}
        {event ? (
          <LinkButton href={event.publicHref} look="outline" wide>
            <Icon name="eye" /> {published ? 'See public page' : 'Preview'}
          </LinkButton>
        ) : null}
      </div>
      {published ? (
        <div class="panel-part">
          <LinkButton href={`${event.href}/cancel`} look="danger" wide>
            Cancel this event
          </LinkButton>
          <p class="small quiet">You give a reason on the next page. Nothing happens before that.</p>
        </div>
      ) : event?.status === 'cancelled' ? null : (
        <div class="panel-part">
          <Button name="do" value="publish" look="outline" wide>
            Publish
          </Button>
          <p class="small quiet">
            {wrong > 0 ? `Fix ${wrong === 1 ? '1 problem' : `${wrong} problems`} first. ` : ''}Publishing saves it and
            puts it in the catalog.
          </p>
        </div>
      )}
    </aside>
  );
};

const STATES = { good: 'Done: ', wrong: 'To fix: ', later: 'Can wait: ' } as const;

const CheckIcon = ({ state }: { state: PublishCheck['state'] }) => (
  <span class={`check-${state}`}>
    <Icon name={state === 'good' ? 'checkCircle' : state === 'wrong' ? 'error' : 'circle'} />
  </span>
);

const CheckWords = ({ words, path }: PublishCheck) => {
  if (path === null) return <>{words}</>;
  const [at] = atFields([{ path, message: words }]);
  return <a href={`#${idOf(at?.path ?? path)}`}>{words}</a>;
};
