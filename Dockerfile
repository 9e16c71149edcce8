# syntax=docker/dockerfile:1.7
# Exact versions with the digests of their lists for all platforms: what was tested is built again as it was.
FROM node:24.11.1-bookworm-slim@sha256:48abc13a19400ca3985071e287bd405a1d99306770eb81d61202fb6b65cf0b57 AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0.401@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish src/Tccc.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12@sha256:222759b391a1aaf241166672c8f99b2d4ada452e7b5319f3c6e8f265a37b5ad4
RUN apt-get update \
 && apt-get install -y --no-install-recommends libssl3t64 espeak-ng \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -m 700 -o app -g app /data
WORKDIR /app
COPY --from=build /app .
USER app
VOLUME /data
ENV Data=/data Demo__Enabled=false DOTNET_gcServer=0 Logging__Console__FormatterName=json
EXPOSE 8080/tcp 8443/tcp 5060/udp 5060/tcp 5061/tcp 40000/udp 20000-29999/udp
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${Http__Port:-8080} && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "Tccc.Web.dll"]
