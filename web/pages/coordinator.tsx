import type { PropsWithChildren } from 'hono/jsx';
import type { TimeZone } from '../../functions/domain/time.ts';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInShort, type Timed } from '../words/when.ts';
import { LIST_TITLES, ListJob, type ListJobProps } from './staff/list-job.tsx';
import { ListUpload, type ListUploadProps } from './staff/list-upload.tsx';

interface Head {
  readonly frame: Frame;
  readonly event: {
    readonly title: string;
    readonly href: string;
    readonly timeZone: TimeZone;
    readonly sessions: readonly Timed[];
  };
}

const Page = ({
  frame,
  event,
  title,
  error,
  children,
}: PropsWithChildren<Head & { title: string; error?: boolean }>) => (
  <Layout frame={frame} title={`${title}: ${event.title}`} error={error ?? false} at="trainings">
    <div class="wrap">
      <a class="back" href={event.href}>
        <Icon name="back" /> {event.title}
      </a>
      <h1>{title}</h1>
      <p class="lead">
        {event.title}, {daysInShort(event.sessions, zoneFor(frame, event.timeZone))}
      </p>
      {children}
    </div>
  </Layout>
);

export interface CoordinatorUploadPageProps extends Head, ListUploadProps {
  /** The exclusive hosts that the reader coordinates. */
  readonly hosts: readonly string[];
}

/** `/trainings/:slug/list`: a coordinator's file of people. Posts `file` and `sessions` to itself. */
export const CoordinatorUploadPage = ({ frame, event, hosts, ...list }: CoordinatorUploadPageProps) => (
  <Page frame={frame} event={event} title="Register your people" error={list.errors.length > 0}>
    <ListUpload
      {...list}
      action={`${event.href}/list`}
      about={`You register people at ${hosts.join(' and ')}. Each of them gets a seat, a place on the waitlist or a check by the same rules as everybody, in the order of the list, and an email that names you. You see what would happen first.`}
      back={{ href: event.href, words: 'Back to the training' }}
    />
  </Page>
);

export interface CoordinatorListPageProps extends Head, Omit<ListJobProps, 'rosterHref'> {}

/** `/trainings/:slug/list/:job`: a coordinator's own list. Posts to itself to start. */
export const CoordinatorListPage = ({ frame, event, ...list }: CoordinatorListPageProps) => (
  <Page frame={frame} event={event} title={LIST_TITLES[list.state]}>
    <ListJob {...list} rosterHref={null} />
  </Page>
);
