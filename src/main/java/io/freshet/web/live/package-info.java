/** How clients reach live connections: WebSocket, SSE and HTTP streaming, and the server's API. */
@NullMarked
package io.freshet.web.live;

import org.jspecify.annotations.NullMarked;
