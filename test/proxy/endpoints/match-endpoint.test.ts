import { describe, expect, it } from 'vitest';
import { matchEndpoint } from '../../../proxy/endpoints/match-endpoint.ts';

describe('matchEndpoint', () => {
  it.each([
    ['POST', '/v1/chat/completions', { kind: 'forward', name: 'chat_completions', model: undefined }],
    ['POST', '/chat/completions', { kind: 'forward', name: 'chat_completions', model: undefined }],
    [
      'POST',
      '/openai/deployments/gpt-4o/chat/completions',
      { kind: 'forward', name: 'chat_completions', model: 'gpt-4o' },
    ],
    ['POST', '/openai/deployments/a/b%20c/embeddings', { kind: 'forward', name: 'embeddings', model: 'a/b c' }],
    ['POST', '/engines/gpt-4o/chat/completions', { kind: 'forward', name: 'chat_completions', model: 'gpt-4o' }],
    ['POST', '/v1/embeddings', { kind: 'forward', name: 'embeddings', model: undefined }],
    ['GET', '/v1/models', { kind: 'models' }],
    ['GET', '/models/a/b', { kind: 'model', id: 'a/b' }],
    ['GET', '/v1/models/gpt-4o', { kind: 'model', id: 'gpt-4o' }],
    ['HEAD', '/health/readiness', { kind: 'readiness' }],
    ['GET', '/health/liveliness', { kind: 'liveliness' }],
    ['GET', '/health/liveness', { kind: 'liveliness' }],
    ['GET', '/revision', { kind: 'revision' }],
    ['GET', '/metrics', { kind: 'metrics' }],
  ])('finds %s %s', (method, path, expected) => {
    expect(matchEndpoint(method, path)).toEqual(expected);
  });

  it.each([
    ['POST', '/v1/completions', 'Unknown route'],
    ['GET', '/', 'Unknown route'],
    ['POST', '/v1/chat/completions/', 'Unknown route'],
    ['GET', '/v1/chat/completions', 'not allowed'],
    ['POST', '/v1/models', 'not allowed'],
    ['DELETE', '/metrics', 'not allowed'],
  ])('refuses %s %s', (method, path, message) => {
    expect(() => matchEndpoint(method, path)).toThrow(message);
  });
});
