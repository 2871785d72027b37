import { Duration, Fn, type Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { GATEWAY_STAGE } from './api.ts';
import type { DeskProps } from './desk.ts';
import type { Callers } from './firewall.ts';
import { nameOf, removalOf } from './names.ts';
import { inTemplate } from './secrets.ts';

/** Names the caller to the firewall and the application; what a browser sends under this name is overwritten. */
const CLIENT_HEADER = 'x-desk-client';
/** Tells the firewall that a request came by our CloudFront. */
const ORIGIN_HEADER = 'x-desk-origin';

const NAME_CALLER = `function handler(event) {
  event.request.headers['${CLIENT_HEADER}'] = { value: event.viewer.ip };
  return event.request;
}`;

/**
 * Left to itself CloudFront keeps an error for ten seconds and gives it to everybody who asks for that path, whatever
 * `Cache-Control` says of a 5xx: one person's error, or one that somebody provoked, would be everybody's.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
const NEVER_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** What is in front of the gateway, and the address that people see. */
export interface Front extends Callers {
  /** Without a final slash. */
  readonly origin: string;
  /** The name that the site's DNS record must point at; null where that is the gateway's own domain. */
  readonly target: string | null;
}

/** CloudFront, where there is one: it caches assets and passes everything else on. */
export function addFront(stack: Stack, props: DeskProps, gateway: RestApi, key: IKey): Front {
  const { settings } = props;
  const origin = settings.domain && `https://${settings.domain.name}`;
  if (settings.kind === 'govcloud') {
    if (!origin) throw new Error('Settings of a GovCloud stage without a domain');
    return {
      origin,
      target: gateway.domainName?.domainNameAliasDomainName ?? null,
      clientHeader: null,
      onlyFrom: null,
    };
  }
  const secret = new Secret(stack, 'OriginSecret', {
    secretName: nameOf(props, 'origin'),
    description: 'Tells the firewall that a request came by CloudFront',
    encryptionKey: key,
    removalPolicy: removalOf(settings),
    generateSecretString: { passwordLength: 40, excludePunctuation: true },
  });
  const distribution = addDistribution(stack, props, gateway, inTemplate(secret));
  return {
    origin: origin ?? `https://${distribution.distributionDomainName}`,
    target: distribution.distributionDomainName,
    clientHeader: CLIENT_HEADER,
    onlyFrom: { header: ORIGIN_HEADER, value: inTemplate(secret) },
  };
}

function addDistribution(stack: Stack, props: DeskProps, gateway: RestApi, secret: string): Distribution {
  const { domain } = props.settings;
  const host = Fn.join('.', [gateway.restApiId, 'execute-api', stack.region, stack.urlSuffix]);
  const site = new HttpOrigin(host, {
    originPath: `/${GATEWAY_STAGE}`,
    customHeaders: { [ORIGIN_HEADER]: secret },
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
  });
  const nameCaller = new EdgeFunction(stack, 'NameCaller', {
    functionName: nameOf(props, 'name-caller'),
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(NAME_CALLER),
  });
  const shared = {
    origin: site,
    compress: true,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    functionAssociations: [{ function: nameCaller, eventType: FunctionEventType.VIEWER_REQUEST }],
  };
  return new Distribution(stack, 'Front', {
    comment: nameOf(props, 'site'),
    httpVersion: HttpVersion.HTTP2_AND_3,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    ...(domain
      ? {
          domainNames: [domain.name],
          certificate: Certificate.fromCertificateArn(stack, 'Certificate', domain.certificate),
        }
      : {}),
    defaultBehavior: { ...shared, allowedMethods: AllowedMethods.ALLOW_ALL, cachePolicy: CachePolicy.CACHING_DISABLED },
    errorResponses: NEVER_KEPT.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    additionalBehaviors: { '/assets/*': { ...shared, cachePolicy: CachePolicy.CACHING_OPTIMIZED } },
  });
}
