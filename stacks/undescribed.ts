/**
 * What stands in for `@asteasolutions/zod-to-openapi` where nobody asks for the description of the API: what routes say
 * of themselves is forgotten as they are made. All that `@hono/zod-openapi` takes of it is here.
 */
export class OpenAPIRegistry {
  readonly definitions = [];
  registerPath(): void {}
  registerComponent(): void {}
}

/** Would describe the API. */
export class OpenApiGeneratorV31 {
  generateDocument(): never {
    throw new Error('The gateway sends this to the function files');
  }
}
export { OpenApiGeneratorV31 as OpenApiGeneratorV3 };

/** Schemas get no method to describe themselves by: ours have zod's own `meta`. */
export function extendZodWithOpenApi(): void {}
export const getOpenApiMetadata = (): object => ({});
