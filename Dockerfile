# The portal as an image: the web application, its Ansible content, and the programs it calls (git, ssh, MariaDB's client and, for the
# embedded default, its server). The executor is never in here: it is a machine of its own, given by settings.
#
#   docker build -t hostingportal .
#
# Base images are arguments. Any Debian or Ubuntu with the .NET 10 SDK (first) and the ASP.NET Core 10 runtime with ICU (second) will do.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt ./
COPY src/HostingPortal.Domain/HostingPortal.Domain.csproj src/HostingPortal.Domain/
COPY src/HostingPortal.Infrastructure/HostingPortal.Infrastructure.csproj src/HostingPortal.Infrastructure/
COPY src/HostingPortal.Web/HostingPortal.Web.csproj src/HostingPortal.Web/
RUN dotnet restore src/HostingPortal.Web
COPY ansible-content/ ansible-content/
COPY src/HostingPortal.Domain/ src/HostingPortal.Domain/
COPY src/HostingPortal.Infrastructure/ src/HostingPortal.Infrastructure/
COPY src/HostingPortal.Web/ src/HostingPortal.Web/
RUN dotnet publish src/HostingPortal.Web --no-restore -c Release -o /portal -p:RunAnalyzers=false

FROM ${RUNTIME_IMAGE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        ca-certificates curl git mariadb-client mariadb-server-core openssh-client \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 hostingportal \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin hostingportal \
    && install -d -m 0700 -o 10001 -g 10001 /data /keys
COPY --from=build /portal /opt/hostingportal
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_ENVIRONMENT=Production \
    Data__Folder=/data \
    HOME=/data
USER 10001:10001
WORKDIR /opt/hostingportal
VOLUME ["/data", "/keys"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["curl", "-fsS", "-o", "/dev/null", "http://localhost:8080/healthz"]
ENTRYPOINT ["dotnet", "HostingPortal.Web.dll"]
