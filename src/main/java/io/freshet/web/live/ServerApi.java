package io.freshet.web.live;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.freshet.live.Disconnect;
import io.freshet.live.Draft;
import io.freshet.live.Live;
import io.freshet.live.LiveError;
import io.freshet.live.LiveException;
import io.freshet.live.Position;
import io.freshet.live.protocol.Api;
import io.freshet.live.protocol.ClientInfo;
import io.freshet.live.protocol.Error;
import io.freshet.live.protocol.HistoryRequest;
import io.freshet.live.protocol.PresenceRequest;
import io.freshet.live.protocol.PresenceResult;
import io.freshet.live.protocol.PresenceStatsRequest;
import io.freshet.live.protocol.PresenceStatsResult;
import io.freshet.live.protocol.Whose;
import io.freshet.platform.Version;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/** The methods of the server API; each takes its own type of request. Thread-safe. */
final class ServerApi {
  private final Live live;

  ServerApi(Live live) {
    this.live = live;
  }

  /** Does what is asked, or throws {@link LiveException}. */
  Message answer(Message request) {
    return switch (request) {
      case Api.PublishRequest publish -> publish(publish);
      case Api.BroadcastRequest broadcast -> broadcast(broadcast);
      case Api.SubscribeRequest subscribe -> subscribe(subscribe);
      case Api.UnsubscribeRequest unsubscribe -> unsubscribe(unsubscribe);
      case Api.DisconnectRequest disconnect -> disconnect(disconnect);
      case Api.RefreshRequest refresh -> refresh(refresh);
      case Api.HistoryRemoveRequest remove -> removeHistory(remove);
      case Api.ChannelsRequest channels -> channels(channels);
      case Api.InfoRequest info -> info();
      case Api.BatchRequest batch -> batch(batch);
      case HistoryRequest history -> live.history(history);
      case PresenceRequest presence ->
          PresenceResult.newBuilder().putAllPresence(live.presence(presence.getChannel())).build();
      case PresenceStatsRequest stats -> stats(live.presence(stats.getChannel()).values());
      default -> throw LiveError.METHOD_NOT_FOUND.thrown();
    };
  }

  static Error error(LiveException refused) {
    return Error.newBuilder()
        .setCode(refused.error().code())
        .setMessage(refused.error().text())
        .build();
  }

  private Api.PublishResult publish(Api.PublishRequest request) {
    Draft draft =
        draft(data(request.getData(), request.getB64Data()), request.getSkipHistory())
            .withTags(request.getTagsMap())
            .withKey(request.getIdempotencyKey());
    return published(request.getChannel(), draft);
  }

  private Api.BroadcastResult broadcast(Api.BroadcastRequest request) {
    Draft draft =
        draft(data(request.getData(), request.getB64Data()), request.getSkipHistory())
            .withTags(request.getTagsMap())
            .withKey(request.getIdempotencyKey());
    if (request.getChannelsCount() == 0) {
      throw LiveError.BAD_REQUEST.thrown();
    }
    Api.BroadcastResult.Builder result = Api.BroadcastResult.newBuilder();
    for (String channel : request.getChannelsList()) {
      Api.PublishResponse.Builder response = result.addResponsesBuilder();
      try {
        response.setResult(published(channel, draft));
      } catch (LiveException refused) {
        response.setError(error(refused));
      }
    }
    return result.build();
  }

  private Api.PublishResult published(String channel, Draft draft) {
    Position position = live.publish(channel, draft);
    return Api.PublishResult.newBuilder()
        .setOffset(position.offset())
        .setEpoch(position.epoch())
        .build();
  }

  private static Draft draft(ByteString data, boolean skipsHistory) {
    Draft draft = Draft.of(data);
    return skipsHistory ? draft.outsideHistory() : draft;
  }

  private static ByteString data(ByteString json, String base64) {
    try {
      ByteString data =
          base64.isEmpty() ? json : ByteString.copyFrom(Base64.getDecoder().decode(base64));
      if (data.isEmpty()) {
        throw LiveError.BAD_REQUEST.thrown();
      }
      return data;
    } catch (IllegalArgumentException notBase64) {
      throw LiveError.BAD_REQUEST.thrown();
    }
  }

  private Message subscribe(Api.SubscribeRequest request) {
    live.subscribe(
        whose(request.getUser(), request.getClient(), request.getSession()), request.getChannel());
    return Api.SubscribeResult.getDefaultInstance();
  }

  private Message unsubscribe(Api.UnsubscribeRequest request) {
    live.unsubscribe(
        whose(request.getUser(), request.getClient(), request.getSession()), request.getChannel());
    return Api.UnsubscribeResult.getDefaultInstance();
  }

  private Message disconnect(Api.DisconnectRequest request) {
    Disconnect disconnect =
        request.hasDisconnect()
            ? new Disconnect(request.getDisconnect().getCode(), request.getDisconnect().getReason())
            : Disconnect.FORCED;
    live.disconnect(
        whose(request.getUser(), request.getClient(), request.getSession()),
        disconnect,
        request.getWhitelistList());
    return Api.DisconnectResult.getDefaultInstance();
  }

  private Message refresh(Api.RefreshRequest request) {
    Whose whose = whose(request.getUser(), request.getClient(), request.getSession());
    if (request.getExpired()) {
      live.disconnect(whose, Disconnect.EXPIRED, java.util.List.of());
    } else {
      live.refresh(whose, request.getExpireAt());
    }
    return Api.RefreshResult.getDefaultInstance();
  }

  private Message removeHistory(Api.HistoryRemoveRequest request) {
    live.removeHistory(request.getChannel());
    return Api.HistoryRemoveResult.getDefaultInstance();
  }

  private static Message stats(Collection<ClientInfo> clients) {
    long users = clients.stream().map(ClientInfo::getUser).distinct().count();
    return PresenceStatsResult.newBuilder()
        .setNumClients(clients.size())
        .setNumUsers((int) users)
        .build();
  }

  private Message channels(Api.ChannelsRequest request) {
    Pattern wanted =
        Pattern.compile(
            "\\Q" + request.getPattern().replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E");
    Api.ChannelsResult.Builder result = Api.ChannelsResult.newBuilder();
    live.channels().stream()
        .filter(name -> request.getPattern().isEmpty() || wanted.matcher(name).matches())
        .forEach(name -> result.putChannels(name, Api.ChannelInfo.getDefaultInstance()));
    return result.build();
  }

  private Message info() {
    return Api.InfoResult.newBuilder()
        .addNodes(
            Api.NodeResult.newBuilder()
                .setUid(live.node())
                .setName(live.node())
                .setVersion(Version.text())
                .setNumClients(live.connections())
                .setNumUsers(live.users().size())
                .setNumChannels(live.channels().size()))
        .build();
  }

  private Message batch(Api.BatchRequest request) {
    Api.BatchResult.Builder result = Api.BatchResult.newBuilder();
    for (Api.Command command : request.getCommandsList()) {
      result.addReplies(reply(command));
    }
    return result.build();
  }

  private Api.Reply reply(Api.Command command) {
    Api.Reply.Builder reply = Api.Reply.newBuilder();
    try {
      Optional<FieldDescriptor> asked = command.getAllFields().keySet().stream().findFirst();
      FieldDescriptor method = asked.orElseThrow(LiveError.METHOD_NOT_FOUND::thrown);
      FieldDescriptor place = Api.Reply.getDescriptor().findFieldByName(method.getName());
      if (place == null) {
        throw LiveError.METHOD_NOT_FOUND.thrown();
      }
      reply.setField(place, answer((Message) command.getField(method)));
    } catch (LiveException refused) {
      reply.setError(error(refused));
    }
    return reply.build();
  }

  private static Whose whose(String user, String client, String session) {
    return Whose.newBuilder().setUser(user).setClient(client).setSession(session).build();
  }
}
