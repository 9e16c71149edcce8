# syntax=docker/dockerfile:1.7
# Exact versions: an image that was tested is built again as it was. A digest pins harder; where you know one, write it behind the tag (node:24.11.1-bookworm-slim@sha256:...).
FROM node:24.11.1-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0.100 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish src/Tccc.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.0
RUN apt-get update \
 && apt-get install -y --no-install-recommends libssl3 espeak-ng \
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
