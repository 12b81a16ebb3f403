import { Problem, problem, type Medium } from '../api/client.ts';

/** Sends a file; `progress` hears the part of it that is sent, from 0 to 1. */
export function upload(file: Blob, name: string, progress: (part: number) => void, signal: AbortSignal): Promise<Medium> {
  return new Promise((resolve, reject: (why: Problem) => void) => {
    // Fetch does not tell how much is sent.
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/media');
    request.upload.onprogress = event => progress(event.loaded / Math.max(1, event.total));
    request.onerror = request.onabort = () => reject(new Problem(0, 'The file was not sent'));
    request.onload = () =>
      request.status === 201
        ? resolve(JSON.parse(request.responseText) as Medium)
        : reject(problem(request.status, request.responseText, request.getResponseHeader('Retry-After')));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, name);
    request.send(form);
  });
}
