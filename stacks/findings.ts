/**
 * What the rule packs find and we leave as it is, each with the reason why. A finding without a reason fails the tests,
 * and so does a reason without a finding.
 */
export interface Accepted {
  /** As cdk-nag names it. */
  readonly rule: string;
  /** Where, from the stack's own name on. */
  readonly where: RegExp;
  readonly reason: string;
}

const OUR_FUNCTIONS =
  /^(Api|Desk|Files|Auth|Assets|Stream|Deliver|Sweep|Operator|Doctor|Bounces|RepliesReader)\/Resource$/;
/** SST puts it into every stack; without SST (`npm run synth`) it is not there. */
const SST_HANDLER = /^CustomResourceHandler\//;

export const ACCEPTED: readonly Accepted[] = [
  {
    rule: 'AwsSolutions-APIG2',
    where: /^Gateway\/Resource$/,
    reason:
      'The application validates every request against the schemas that its OpenAPI document is made from, and answers with the field that is wrong. A second copy of the schemas in the gateway could only disagree.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    where: /^Gateway\/Default\/.*ANY\/Resource$/,
    reason:
      'Most pages are public. Who may do what is decided in the use cases, by role and by whose it is, and one test covers every route times every role.',
  },
  {
    rule: 'AwsSolutions-COG4',
    where: /^Gateway\/Default\/.*ANY\/Resource$/,
    reason:
      'Staff and trainers sign in at the agency’s own OpenID Connect provider and participants by a mailed code; both end in sessions of the application. No Cognito pool is used.',
  },
  {
    rule: 'AwsSolutions-CFR1',
    where: /^Front\/Resource$/,
    reason:
      'Trainings are open to partners abroad and to staff who travel; a public page of the government is not closed to countries.',
  },
  {
    rule: 'AwsSolutions-CFR2',
    where: /^Front\/Resource$/,
    reason:
      'The firewall stands at the gateway, which every request but one for a stylesheet, font or image reaches, and which answers to nothing but this distribution.',
  },
  {
    rule: 'AwsSolutions-CFR3',
    where: /^Front\/Resource$/,
    reason:
      'Its access log would hold whole paths, and paths hold the secrets of personal join pages and calendar feeds. The gateway logs every request by its route instead.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: /^Gateway\/CloudWatchRole\/Resource$/,
    reason: 'The policy that AWS keeps for API Gateway to write its logs with; AWS documents no narrower one.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: /^BackupRole\/Resource$/,
    reason:
      'The policies that AWS keeps for AWS Backup, trimmed by AWS as the service changes; they have no part in the application. Without the second, nothing could be restored from the vault on the day that it is needed.',
  },
  {
    rule: 'AwsSolutions-IAM4',
    where: SST_HANDLER,
    reason: 'SST’s own, in every stack of SST; nothing of ours calls it. It may write its log and no more.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    where: /^(Api|Desk|Files|Auth|Assets|Stream|Deliver|Sweep|Operator|Doctor|Bounces|RepliesReader)Policy\/Resource$/,
    reason:
      'Only xray:Put* and, in a VPC, ec2:*NetworkInterface and dynamodb:ListStreams take every resource: IAM offers no resource for the first two, and the list of streams cannot be narrowed. ses:Send* takes every identity, since SES in its sandbox asks for the recipient’s too, and is bound to the one address of the sender.',
  },
  {
    rule: 'AwsSolutions-L1',
    where: SST_HANDLER,
    reason: 'SST’s own handler is fixed to Node 22 by its last release; nothing of ours calls it.',
  },
  {
    rule: 'AwsSolutions-S1',
    where: /^(Exports|Replies)\/Resource$/,
    reason:
      'A log of access needs a bucket that outlives what it tells of, is under the agency’s retention, and is itself not logged: an agency has one, and `accessLogBucket` sends both buckets’ logs there (then this finding is gone). Without it every list that was exported is on the desk’s own record before its first row is read, its file lives for a day and its address for five minutes; received mail is read by one function, and gone after three days. CloudTrail’s data events tell of the same calls with who made them.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketLoggingEnabled',
    where: /^(Exports|Replies)\/Resource$/,
    reason: 'As AwsSolutions-S1.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    where: /^(Exports|Replies)\/Resource$/,
    reason:
      'Nothing in them is the only copy for long: a list is exported again, and what a reply says is kept in the table.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketVersioningEnabled',
    where: /^(Exports|Replies)\/Resource$/,
    reason: 'Names of people must be gone after a day; versions would keep them.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    where: /^(Ids|SignIn|Origin)Secret\/Resource$/,
    reason:
      'Turned by hand, as docs/deploy.md says: another ids secret kills every join link and calendar feed that was sent, the client secret belongs to the identity provider, and the origin secret changes in two places at one deployment.',
  },
  {
    rule: 'NIST.800.53.R5-SecretsManagerRotationEnabled',
    where: /^(Ids|SignIn|Origin)Secret\/Resource$/,
    reason: 'As AwsSolutions-SMG4.',
  },
  {
    rule: 'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
    where: /^Gateway\/DeploymentStage\.live\/Resource$/,
    reason: 'Answers are personal and must not be kept by the gateway; assets are kept by CloudFront and by browsers.',
  },
  {
    rule: 'NIST.800.53.R5-APIGWSSLEnabled',
    where: /^Gateway\/DeploymentStage\.live\/Resource$/,
    reason:
      'A client certificate is for a backend that is called over HTTP; the gateway calls functions, signed by IAM.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaConcurrency',
    where: SST_HANDLER,
    reason: 'SST’s own; CloudFormation would call it once at a time, and nothing of ours does.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    where: /^(Api|Desk|Files|Auth|Assets|Operator)\/Resource$/,
    reason: 'Called and waited for: a failure is answered to the caller, and there is no event to keep.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    where: /^(Stream|Bounces|RepliesReader)\/Resource$/,
    reason: 'Its event source or queue has a place for what failed; a dead letter queue is for asynchronous calls.',
  },
  { rule: 'NIST.800.53.R5-LambdaDLQ', where: SST_HANDLER, reason: 'SST’s own; nothing calls it asynchronously.' },
  {
    rule: 'NIST.800.53.R5-LambdaInsideVPC',
    where: OUR_FUNCTIONS,
    reason:
      'The functions call AWS and the identity provider only, by TLS. A VPC is a setting for agencies that impose one (`vpc`), and then this finding is gone.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaInsideVPC',
    where: SST_HANDLER,
    reason: 'SST’s own; it holds no data and nothing of ours calls it.',
  },
];
