import { describe, expect, it } from 'vitest';
import type { ModelDeployment } from '../../../proxy/config/model-routes.ts';
import { addsUsageFrame, buildUpstreamBody } from '../../../proxy/request/build-upstream-body.ts';
import { readGatewayRequest } from '../../../proxy/request/gateway-request.ts';

const deployment = { upstreamModelJson: Buffer.from('"gpt-4o"'), supportsStreamUsage: true } as ModelDeployment;

function build(text: string, modelOfAddress?: string): string {
  const request = readGatewayRequest('chat_completions', Buffer.from(text), modelOfAddress);
  return buildUpstreamBody(request, deployment, addsUsageFrame(request, deployment)).toString('utf8');
}

describe('buildUpstreamBody', () => {
  it('changes the bytes of the model alone', () => {
    expect(build('{ "messages" : [ "é\\u00e9" ],\n"model" : "chat" ,"x":1.50}')).toBe(
      '{ "messages" : [ "é\\u00e9" ],\n"model" : "gpt-4o" ,"x":1.50}',
    );
  });

  it('gives the client’s own Buffer where nothing changes', () => {
    const body = Buffer.from('{"model":"gpt-4o","messages":[]}');
    const request = readGatewayRequest('chat_completions', body, undefined);
    expect(buildUpstreamBody(request, deployment, false)).toBe(body);
  });

  it('asks for usage in a stream that did not', () => {
    expect(build('{"stream":true,"model":"chat"}')).toBe(
      '{"stream_options":{"include_usage":true},"stream":true,"model":"gpt-4o"}',
    );
  });

  it('keeps the other stream options', () => {
    const body = '{"model":"chat","stream":true,"stream_options":{"include_usage":false,"include_obfuscation":false}}';
    expect(JSON.parse(build(body))).toMatchObject({
      stream_options: { include_usage: true, include_obfuscation: false },
    });
    expect(JSON.parse(build('{"model":"chat","stream":true,"stream_options":null}'))).toMatchObject({
      stream_options: { include_usage: true },
    });
  });

  it('leaves a stream alone that asks for usage itself', () => {
    const body = '{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}';
    expect(build(body)).toBe(body);
  });

  it('does not ask where the deployment refuses stream options', () => {
    const request = readGatewayRequest('chat_completions', Buffer.from('{"model":"chat","stream":true}'), undefined);
    expect(addsUsageFrame(request, { ...deployment, supportsStreamUsage: false })).toBe(false);
  });

  it('puts the model in where only the address named it', () => {
    expect(build('{"messages":[]}', 'chat')).toBe('{"model":"gpt-4o","messages":[]}');
    expect(build('{}', 'chat')).toBe('{"model":"gpt-4o"}');
  });
});

describe('readGatewayRequest', () => {
  it('takes the address’s model before the body’s', () => {
    const request = readGatewayRequest('chat_completions', Buffer.from('{"model":"dear"}'), 'cheap');
    expect(request.model).toBe('cheap');
  });

  it('bounds the output over all choices', () => {
    const read = (text: string) => readGatewayRequest('chat_completions', Buffer.from(text), 'm').maxOutputTokens;
    expect(read('{"max_tokens":100,"n":3}')).toBe(300);
    expect(read('{"max_tokens":100,"max_completion_tokens":50}')).toBe(50);
    expect(read('{}')).toBeUndefined();
  });

  it.each([
    ['{"messages":[]}', 'names no model'],
    ['{"model":7}', 'names no model'],
    ['{"model":""}', 'names no model'],
    ['[]', 'not a JSON object'],
    ['', 'not a JSON object'],
    ['{"model":"a","model":"b"}', 'model stands twice'],
  ])('refuses %s', (text, message) => {
    expect(() => readGatewayRequest('chat_completions', Buffer.from(text), undefined)).toThrow(message);
  });
});
