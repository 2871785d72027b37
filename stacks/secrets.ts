import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DeskProps } from './desk.ts';
import { nameOf, removalOf } from './names.ts';

/** What the stage keeps secret. */
export interface Secrets {
  /** Signs ids, join links, calendar UIDs and codes. With another value no link or feed that was sent works. */
  readonly ids: Secret;
  /** The secret of the identity provider's client: an operator writes it after the first deployment. */
  readonly signIn: Secret;
}

/** Secrets are made with random values; none is ever in a template, a setting or a log. */
export function addSecrets(stack: Stack, props: DeskProps, encryptionKey: IKey): Secrets {
  const secret = (id: string, name: string, description: string) =>
    new Secret(stack, id, {
      secretName: nameOf(props, name),
      description,
      encryptionKey,
      removalPolicy: removalOf(props.settings),
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
  return {
    ids: secret('IdsSecret', 'ids', 'Signs ids, join links, calendar UIDs and codes: never changed but after a leak'),
    signIn: secret('SignInSecret', 'sign-in', 'Client secret at the identity provider: written by an operator'),
  };
}

/** The value of a secret as a template may name it: CloudFormation puts it in while deploying. */
export const inTemplate = (secret: Secret): string => SecretValue.secretsManager(secret.secretArn).unsafeUnwrap();
