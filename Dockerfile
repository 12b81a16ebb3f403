# Freshet in a container: `docker build -t freshet .`. The one image has every role; see deploy/.
FROM node:24-slim AS page
WORKDIR /src
COPY .mvn .mvn
COPY web web
COPY src/main/resources/web/openapi.yaml src/main/resources/web/openapi.yaml
# The packages that npm fetches are kept for the next build, as Maven's are below.
RUN --mount=type=cache,target=/root/.npm bash .mvn/page.sh

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
COPY --from=page /src/target/classes/web/page target/classes/web/page
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -q -Dpage.skip -Dquick -DskipTests -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre-noble
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin freshet \
    && install -d -o freshet -g freshet -m 0750 /var/lib/freshet /var/lib/freshet-media
COPY --from=build /src/target/freshet.jar /opt/freshet/freshet.jar
COPY deploy/health /opt/freshet/health
USER 10001:10001
# Besides this directory and /tmp nothing is written (and media.directory, if it is set): the root file system may be read-only.
ENV FRESHET_HOME=/var/lib/freshet PORT=8080
VOLUME /var/lib/freshet
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/bin/bash", "/opt/freshet/health"]
# The options are those of ./freshet. A shell, so that FRESHET_JAVA_OPTS is split into its options.
ENTRYPOINT ["/bin/sh", "-c", "exec java -XX:+UseParallelGC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Xshare:auto --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${FRESHET_JAVA_OPTS:-} -jar /opt/freshet/freshet.jar \"$@\"", "freshet"]
CMD ["serve"]
