import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { GATEWAY_STAGE } from './api.ts';
import type { DeskProps } from './desk.ts';
import { logsFor, nameOf, removalOf } from './names.ts';

type Rule = CfnWebACL.RuleProperty;

/** How the firewall knows a caller: by the address it sees, or by the header in which CloudFront names it. */
export interface Callers {
  /** Null where nothing is in front of the gateway. */
  readonly clientHeader: string | null;
  /** The header and value that only our CloudFront sends; null where there is none. */
  readonly onlyFrom: { readonly header: string; readonly value: string } | null;
}

/** Requests of one address in five minutes. A whole agency sits behind one address: 300 people at once stay under it. */
const MOST_REQUESTS = 20_000;
/** The desk itself allows an address 1,200 codes in a quarter of an hour; this stops what comes in thousands. */
const MOST_SIGN_INS = 3_000;

/** Behind CloudFront a path begins with the gateway's stage; behind a domain of the gateway's own it does not. */
const SIGN_IN = ['/sign-in', '/api/sign-in', '/auth/'];

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // samples hold whole addresses of pages, and some of those are secrets
  sampledRequestsEnabled: false,
});

/** The web firewall in front of the gateway, with its log. */
export function addFirewall(stack: Stack, props: DeskProps, gateway: RestApi, key: IKey, callers: Callers): void {
  const rules = [
    ...(callers.onlyFrom ? [onlyFrom(callers.onlyFrom.header, callers.onlyFrom.value)] : []),
    rate(
      'sign-in-rate',
      MOST_SIGN_INS,
      callers,
      startsWith(SIGN_IN.flatMap((path) => [path, `/${GATEWAY_STAGE}${path}`])),
    ),
    rate('rate', MOST_REQUESTS, callers),
    // it knows a caller by the connection alone, which behind CloudFront is CloudFront's
    ...(callers.clientHeader === null ? [managed('AWSManagedRulesAmazonIpReputationList')] : []),
    // forms with long texts and lists of addresses are larger than its 8 KiB, for which the application has a limit of its
    // own; and codes of some identity providers (Entra ID) than its 2 KiB of query, for which the gateway has one
    managed('AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING']),
    managed('AWSManagedRulesKnownBadInputsRuleSet'),
  ];
  const acl = new CfnWebACL(stack, 'Firewall', {
    name: nameOf(props, 'firewall'),
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visible('firewall'),
    rules: rules.map((rule, priority) => ({ ...rule, priority })),
  });
  new CfnWebACLAssociation(stack, 'FirewallAssociation', {
    resourceArn: gateway.deploymentStage.stageArn,
    webAclArn: acl.attrArn,
  });
  addLog(stack, props, acl, key, callers);
}

function addLog(
  stack: Stack,
  props: DeskProps,
  acl: CfnWebACL,
  encryptionKey: IKey,
  { onlyFrom: secret }: Callers,
): void {
  const { settings } = props;
  const name = `aws-waf-logs-${nameOf(props, 'firewall')}`;
  const destination = settings.logBucket
    ? `arn:${stack.partition}:s3:::${settings.logBucket}`
    : new LogGroup(stack, 'FirewallLog', {
        logGroupName: name,
        encryptionKey,
        retention: logsFor(settings),
        removalPolicy: removalOf(settings),
      });
  const secrets = ['authorization', 'cookie', 'referer', ...(secret ? [secret.header] : [])];
  const redacted = secrets.map((Name) => ({ singleHeader: { Name } }));
  new CfnLoggingConfiguration(stack, 'FirewallLogging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [
      typeof destination === 'string'
        ? destination
        : stack.formatArn({
            service: 'logs',
            resource: 'log-group',
            resourceName: name,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
    ],
    redactedFields: [{ uriPath: {} }, { queryString: {} }, ...redacted],
  }).node.addDependency(...(typeof destination === 'string' ? [acl] : [destination]));
}

const managed = (name: string, counted: readonly string[] = []): Omit<Rule, 'priority'> => ({
  name,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: visible(name),
});

const header = (name: string): CfnWebACL.FieldToMatchProperty => ({ singleHeader: { Name: name } });
const NONE = [{ priority: 0, type: 'NONE' }];
/** Decodes a path as the application does: `/api/sign%2Din` is the sign-in too. */
const DECODED = [{ priority: 0, type: 'URL_DECODE' }];

const onlyFrom = (name: string, value: string): Omit<Rule, 'priority'> => ({
  name: 'only-from-cloudfront',
  action: { block: {} },
  statement: {
    notStatement: {
      statement: {
        byteMatchStatement: {
          fieldToMatch: header(name),
          positionalConstraint: 'EXACTLY',
          searchString: value,
          textTransformations: NONE,
        },
      },
    },
  },
  visibilityConfig: visible('only-from-cloudfront'),
});

const startsWith = (paths: readonly string[]): CfnWebACL.StatementProperty => ({
  orStatement: {
    statements: paths.map((searchString) => ({
      byteMatchStatement: {
        fieldToMatch: { uriPath: {} },
        positionalConstraint: 'STARTS_WITH',
        searchString,
        textTransformations: DECODED,
      },
    })),
  },
});

const rate = (
  name: string,
  limit: number,
  { clientHeader }: Callers,
  scopeDownStatement?: CfnWebACL.StatementProperty,
): Omit<Rule, 'priority'> => ({
  name,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: {
    rateBasedStatement: {
      limit,
      evaluationWindowSec: 300,
      ...(clientHeader === null
        ? { aggregateKeyType: 'IP' }
        : {
            aggregateKeyType: 'CUSTOM_KEYS',
            customKeys: [{ header: { name: clientHeader, textTransformations: NONE } }],
          }),
      ...(scopeDownStatement ? { scopeDownStatement } : {}),
    },
  },
  visibilityConfig: visible(name),
});
