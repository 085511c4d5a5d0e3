# docker build -t webhook-proxy .
# docker run --read-only --cap-drop ALL -p 8080:8080 -v ./config:/etc/proxy:ro -e TAWK_WEBHOOK_SECRET=… webhook-proxy
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
WORKDIR /source

# What restoring depends on comes first: a change of code keeps this layer.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/WebhookVerification/*.csproj src/WebhookVerification/packages.lock.json src/WebhookVerification/
COPY src/Proxy/*.csproj src/Proxy/packages.lock.json src/Proxy/
RUN dotnet restore src/Proxy/Proxy.csproj --use-current-runtime -p:PublishReadyToRun=true

COPY .editorconfig BannedSymbols.txt ./
COPY config config
COPY src src
ARG VERSION
ARG REVISION=unknown
RUN dotnet publish src/Proxy/Proxy.csproj -c Release -o /app --no-restore --use-current-runtime --no-self-contained \
    -p:PublishReadyToRun=true -p:DebugType=embedded -p:PublishDocumentationFiles=false \
    ${VERSION:+-p:Version=${VERSION}} -p:SourceRevisionId=${REVISION}

# No shell, no package manager: only .NET and the proxy.
FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=build /app .
COPY config/appsettings.json config/appsettings.schema.json /etc/proxy/

# Without diagnostics the runtime opens no socket under /tmp: nothing of the file system needs to be writable.
ENV PROXY_CONFIG=/etc/proxy/appsettings.json DOTNET_EnableDiagnostics=0

# The "app" user of Microsoft's images, as a number, so that a cluster can see it is not root.
USER 1654:1654
EXPOSE 8080
# Without a URL, it asks where the configuration puts the management listener.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/app/proxy", "check", "--live"]
ENTRYPOINT ["/app/proxy"]
CMD ["run"]
