import { describe, expect, test } from 'vitest';
import { DeskSettings, settingsOf } from '../../stacks/settings.ts';
import { STAGES } from '../../stacks/stages.ts';
import { plain } from './plain.ts';
import { ACCOUNT, decide, resolver, statementsOf, type Request } from './resource-policies.ts';

/** Who may use keys, topics, queues and buckets from outside the functions, and who in another account may not. */
const OTHER = '999988887777';
const RELAY = { host: 'relay.example.gov', port: 587 };
const { identity, from, contact } = DeskSettings.parse(STAGES['production']).mail;
const SETTINGS = {
  dev: settingsOf('dev'),
  production: settingsOf('production'),
  govcloud: settingsOf('govcloud'),
  relay: DeskSettings.parse({ ...STAGES['production'], mail: { identity, from, contact, relay: RELAY } }),
};

describe.for(Object.keys(SETTINGS) as (keyof typeof SETTINGS)[])('%s', (name) => {
  const settings = SETTINGS[name];
  const stage = name === 'relay' ? 'production' : name;
  const template = plain(stage, settings);
  const statements = statementsOf(template, settings.region);
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const partition = settings.region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const arn = (service: string, what: string, account = ACCOUNT) =>
    `arn:${partition}:${service}:${settings.region}:${account}:${what}`;
  const topic = (what: string) => arn('sns', `${stage}-training-desk-${what}`);
  const queue = (what: string) => arn('sqs', `${stage}-training-desk-${what}`);
  const ask = (request: Request) => decide(statements, request);
  const from = (source: string, account = ACCOUNT) => ({ 'aws:SourceArn': source, 'aws:SourceAccount': account });
  const idsOf = (type: string) =>
    Object.entries(template.resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));

  test('nobody is allowed by being anybody, and the account only to its own key', () => {
    for (const { of, principals, type } of allows) {
      expect(principals, of).not.toContain('*');
      const outside = principals.filter((principal) => !principal.endsWith('.amazonaws.com'));
      if (outside.length > 0)
        expect([type, outside], of).toEqual(['AWS::KMS::Key', [`arn:${partition}:iam::${ACCOUNT}:root`]]);
    }
  });

  test('no service acts for another account: each is allowed for a source of this one alone', () => {
    const services = allows.filter(({ principals }) => principals.some((one) => one.endsWith('.amazonaws.com')));
    expect(services.length).toBeGreaterThan(20);
    for (const { of, conditions, principals, actions } of services) {
      const ours = conditions.filter(({ values }) => values.every((value) => value.includes(ACCOUNT)));
      const sources = ours.filter(({ key }) => /^aws:source(arn|account)$|encryptioncontext:aws:logs:arn$/.test(key));
      expect(sources, `${principals.join()} ${actions.join()} ${of}`).not.toEqual([]);
    }
  });

  test('what is kept is reached by TLS alone', () => {
    const places = [...idsOf('AWS::SNS::Topic'), ...idsOf('AWS::SQS::Queue'), ...idsOf('AWS::S3::Bucket')];
    expect(places.length).toBeGreaterThan(name === 'relay' ? 2 : 5);
    const resolve = resolver(template, settings.region);
    for (const id of places) {
      const on = resolve({ Ref: id });
      const type = template.resources[id]?.Type;
      const action = { 'AWS::SNS::Topic': 'sns:Publish', 'AWS::SQS::Queue': 'sqs:ReceiveMessage' }[type ?? ''];
      const call = { by: 'anybody', action: action ?? 's3:GetObject', on: action ? on : `${on}/mail/1` };
      expect(ask({ ...call, keys: { 'aws:SecureTransport': 'false' } }), id).toBe('denied');
      expect(ask({ ...call, keys: { 'aws:SecureTransport': 'true' } }), id).toBe('silent');
    }
  });

  test('the stage’s alarms reach its topic, encrypted; others do not', () => {
    const ring = (source: string, account = ACCOUNT) =>
      ask({ by: 'cloudwatch.amazonaws.com', action: 'sns:Publish', on: topic('alarms'), keys: from(source, account) });
    expect(ring(arn('cloudwatch', `alarm:${stage}-training-desk-sweep-errors`))).toBe('allowed');
    expect(ring(arn('cloudwatch', 'alarm:another'))).toBe('silent');
    expect(ring(arn('cloudwatch', `alarm:${stage}-training-desk-sweep-errors`, OTHER), OTHER)).toBe('silent');
    const key = { by: 'cloudwatch.amazonaws.com', action: 'kms:GenerateDataKey', on: 'the key' };
    expect(ask({ ...key, keys: { 'aws:SourceAccount': ACCOUNT } })).toBe('allowed');
    expect(ask({ ...key, keys: { 'aws:SourceAccount': OTHER } })).toBe('silent');
  });

  if (name !== 'relay')
    test('SES tells of this stage’s messages alone, and its topic alone fills the queue', () => {
      const [set = ''] = idsOf('AWS::SES::ConfigurationSet');
      const tell = (source: string, account = ACCOUNT) =>
        ask({ by: 'ses.amazonaws.com', action: 'sns:Publish', on: topic('mail-reports'), keys: from(source, account) });
      expect(tell(arn('ses', `configuration-set/<${set}>`))).toBe('allowed');
      expect(tell(arn('ses', 'configuration-set/another'))).toBe('silent');
      expect(tell(arn('ses', `configuration-set/<${set}>`, OTHER), OTHER)).toBe('silent');
      const fill = (source: string) =>
        ask({ by: 'sns.amazonaws.com', action: 'sqs:SendMessage', on: queue('mail-reports'), keys: from(source) });
      expect(fill(topic('mail-reports'))).toBe('allowed');
      expect(fill(topic('mail-replies'))).toBe('silent');
      for (const by of ['ses.amazonaws.com', 'sns.amazonaws.com']) {
        const use = (source: string, account: string) =>
          ask({ by, action: 'kms:Decrypt', on: 'the key', keys: from(source, account) });
        expect(use(topic('mail-reports'), ACCOUNT), by).toBe('allowed');
        expect(use(arn('sns', `${stage}-training-desk-mail-reports`, OTHER), OTHER), by).toBe('silent');
      }
    });

  if (settings.mail.replies)
    test('mail comes into the bucket by this stage’s rule alone, whatever set it is in', () => {
      const [bucket = ''] = idsOf('AWS::S3::Bucket').filter((id) => id.startsWith('Replies'));
      const rule = (set: string, one: string, account = ACCOUNT) =>
        arn('ses', `receipt-rule-set/${set}:receipt-rule/${one}`, account);
      const ours = `${stage}-training-desk-calendar-answers`;
      for (const [action, on] of [
        ['s3:PutObject', `<${bucket}>/mail/1`],
        ['sns:Publish', topic('mail-replies')],
      ] as const) {
        const come = (source: string, account = ACCOUNT) =>
          ask({ by: 'ses.amazonaws.com', action, on, keys: from(source, account) });
        expect(come(rule(`${stage}-training-desk-mail-received`, ours)), action).toBe('allowed');
        expect(come(rule('of-the-account', ours)), action).toBe('allowed');
        expect(come(rule('of-the-account', 'another')), action).toBe('silent');
        expect(come(rule('theirs', ours, OTHER), OTHER), action).toBe('silent');
      }
      const keys = from(rule('of-the-account', ours));
      expect(ask({ by: 'ses.amazonaws.com', action: 's3:PutObject', on: `<${bucket}>/elsewhere`, keys })).toBe(
        'silent',
      );
      expect(ask({ by: 'ses.amazonaws.com', action: 's3:GetObject', on: `<${bucket}>/mail/1`, keys })).toBe('silent');
    });
});
