import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FunctionName } from '../../stacks/bundle.ts';
import { allowed, type Act } from './policy.ts';
import { tableActs } from './table-acts.ts';
import { ofType } from './template.ts';

const [[TABLE] = ['none']] = ofType('AWS::DynamoDB::Table');
const [[CONFIGURATION_SET] = ['none']] = ofType('AWS::SES::ConfigurationSet');

/** By what SES names a message in its reports. */
export interface MailTag {
  readonly Name: string;
  readonly Value: string;
}

/** AWS as the functions meet it: the embedded engine, secrets and mail, each behind the policies that are deployed. */
export interface Cloud {
  readonly url: string;
  /** Messages that SES took, as they were sent. */
  readonly mails: string[];
  /** The tags of each. */
  readonly tags: MailTag[][];
  /** Files that S3 took. */
  readonly files: readonly { readonly url: string; readonly type: string; readonly body: string }[];
  /** Mail that SES put into a bucket, by bucket and key. */
  readonly inbox: Map<string, Buffer>;
  /** What was asked for and refused. Empty, or a policy is too narrow. */
  readonly denied: string[];
  /** What was done, by function: `api dynamodb:PutItem OUT`. */
  readonly done: ReadonlySet<string>;
  /** SES answers so until told otherwise. */
  mailAnswers: 'sent' | 'throttled' | 'refused';
  /** A leading key whose every use fails as a fault of the service. */
  fails: string | null;
  /** The next calls of these operations are refused so, in order: errors as DynamoDB writes them. */
  readonly refusals: Refusal[];
  stop(): Promise<void>;
}

export interface Refusal {
  readonly operation: string;
  readonly error: object;
}

interface Asked {
  readonly by: FunctionName;
  readonly acts: readonly Act[];
}

/** Every secret that a test gives no value. */
export const OTHER_SECRET = 'a secret of the tests that nobody asked about';

/** @param secrets by what stands in the ARN */
export async function startCloud(
  engine: string,
  table: string,
  secrets: Readonly<Record<string, string>>,
): Promise<Cloud> {
  const denied: string[] = [];
  const done = new Set<string>();
  const mails: string[] = [];
  const tags: MailTag[][] = [];
  const files: Cloud['files'][number][] = [];
  const refusals: Refusal[] = [];
  const inbox = new Map<string, Buffer>();
  const state: Pick<Cloud, 'mailAnswers' | 'fails'> = { mailAnswers: 'sent', fails: null };

  const permits = ({ by, acts }: Asked): boolean => {
    for (const act of acts) {
      const leading = act.keys?.['dynamodb:LeadingKeys'] ?? [];
      const line = `${by} ${act.action} ${act.resource.replace(`<${TABLE}>`, 'table')} ${leading.map((key) => key.split('#')[0]).join()}`;
      if (!allowed(by, act)) {
        denied.push(line);
        return false;
      }
      done.add(line.trim());
    }
    return true;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const by = /Credential=(\w+)\//.exec(request.headers.authorization ?? '')?.[1] as FunctionName;
    if (request.method === 'PUT') return file(by, request, body, response);
    if (request.method === 'GET') return received(by, request, response);
    const target = String(request.headers['x-amz-target'] ?? '');
    const input = JSON.parse(body) as Record<string, unknown>;
    if (target.startsWith('DynamoDB')) {
      const acts = tableActs(target.split('.')[1] ?? '', input);
      if (!permits({ by, acts })) return refuse(response);
      if (acts.some(({ keys }) => keys?.['dynamodb:LeadingKeys']?.some((key) => key === state.fails)))
        // the worst that a service could say
        return json(response, 500, { __type: 'InternalServerError', message: `a fault at ${body}` });
      const operation = target.split('.')[1];
      const refused = refusals[0]?.operation === operation ? refusals.shift() : undefined;
      if (refused) return json(response, 400, refused.error);
      const { authorization = '', 'x-amz-date': date = '' } = request.headers;
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        'x-amz-date': String(date),
        authorization,
      };
      const answered = await fetch(engine, {
        method: 'POST',
        headers,
        body: body.replaceAll(`"<${TABLE}>"`, JSON.stringify(table)),
      });
      response.writeHead(answered.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end((await answered.text()).replaceAll(JSON.stringify(table), `"<${TABLE}>"`));
      return undefined;
    }
    if (target === 'secretsmanager.GetSecretValue') {
      const arn = String(input['SecretId']);
      if (!permits({ by, acts: [{ action: target.replace('.', ':'), resource: arn }] })) return refuse(response);
      return json(response, 200, { SecretString: secrets[arn] ?? OTHER_SECRET });
    }
    return mail(by, input, response);
  };

  const mail = (by: FunctionName, input: Record<string, unknown>, response: ServerResponse): void => {
    const { Content, ConfigurationSetName, EmailTags } = input as {
      EmailTags: MailTag[];
      Content: { Raw: { Data: string } };
      ConfigurationSetName: string;
    };
    const raw = Buffer.from(Content.Raw.Data, 'base64').toString('latin1');
    const from = /^From: .*?<([^>]+)>/m.exec(raw)?.[1] ?? '';
    const keys = { 'ses:FromAddress': [from] };
    const at = (what: string) => `arn:<AWS::Partition>:ses:us-east-1:<AWS::AccountId>:${what}`;
    const identity = at(`identity/${from.split('@')[1] ?? ''}`);
    const set = at(`configuration-set/${ConfigurationSetName}`);
    // an account in the sandbox is asked for the right to the recipient's identity, too
    const recipient = at(`identity/${/^To: .*?([^\s<]+@[^\s>]+)/m.exec(raw)?.[1] ?? ''}`);
    const acts = [identity, recipient, set].map((resource) => ({ action: 'ses:SendEmail', resource, keys }));
    if (ConfigurationSetName !== `<${CONFIGURATION_SET}>` || !permits({ by, acts })) return refuse(response);
    if (state.mailAnswers === 'throttled')
      return json(response, 429, { __type: 'TooManyRequestsException', message: 'slow down' });
    if (state.mailAnswers === 'refused')
      return json(response, 400, { __type: 'MessageRejected', message: /^To: .*$/m.exec(raw)?.[0] });
    mails.push(raw);
    tags.push(EmailTags);
    return json(response, 200, { MessageId: `ses-${mails.length}` });
  };

  const file = (by: FunctionName, { url = '', headers }: IncomingMessage, body: string, response: ServerResponse) => {
    const [, bucket = '', ...key] = decodeURIComponent(url).split('/');
    const acts = ['s3:PutObject', 's3:GetObject'].map((action) => ({
      action,
      resource: `${bucket}/${key.join('/')}`,
    }));
    if (!permits({ by, acts })) return refuse(response);
    files.push({ url, type: String(headers['content-type']), body });
    return json(response, 200, {});
  };

  const received = (by: FunctionName, { url = '' }: IncomingMessage, response: ServerResponse) => {
    const resource = decodeURIComponent(url).slice(1);
    if (!permits({ by, acts: [{ action: 's3:GetObject', resource }] })) return refuse(response);
    const content = inbox.get(resource);
    if (content === undefined) return json(response, 404, {});
    response.writeHead(200, { 'content-length': content.length });
    response.end(content);
    return undefined;
  };

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => json(response, 500, { message: String(error) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    mails,
    tags,
    files,
    inbox,
    denied,
    done,
    refusals,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}
const refuse = (response: ServerResponse): void =>
  json(response, 400, { __type: 'AccessDeniedException', message: 'no policy allows this' });
