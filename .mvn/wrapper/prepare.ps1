# Called by mvnw.cmd, does what mvnw does: prints JAVA_HOME=... and LANEGRAD_MAVEN=..., having fetched Maven when it was not
# there, or one line on stderr.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
trap {
    [Console]::Error.WriteLine("mvnw: $_")
    exit 1
}
. "$PSScriptRoot\..\find-jdk.ps1"

function Find-Maven {
    Get-Item -Path "$dists\apache-maven-$version\*\bin\mvn.cmd", "$dists\apache-maven-$version-bin\*\*\bin\mvn.cmd" `
        -ErrorAction SilentlyContinue | Select-Object -First 1 -ExpandProperty FullName
}

function Get-ThroughInstalledMvn {
    if (-not (Get-Command mvn.cmd -ErrorAction SilentlyContinue)) {
        return $false
    }
    # a native program's stderr, redirected, counts as an error otherwise
    $ErrorActionPreference = 'Continue'
    $env:JAVA_HOME = $jdk
    $env:MAVEN_BASEDIR = $tmp
    Push-Location -LiteralPath $tmp
    & mvn.cmd -B -q 'org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy' `
        "-Dartifact=org.apache.maven:apache-maven:${version}:tar.gz:bin" "-DoutputDirectory=$tmp" *> "$tmp\mvn.log"
    Pop-Location
    return Test-Path -LiteralPath "$tmp\$archive"
}

# Fills a temporary folder beside the final one, then renames: an interrupted run leaves no half Maven.
function Install-Maven {
    [Console]::Error.WriteLine("mvnw: fetching Maven $version (once) ...")
    $archive = "apache-maven-$version-bin.tar.gz"
    $tmp = "$dists\.lanegrad.$([Guid]::NewGuid().ToString('N'))"
    New-Item -ItemType Directory -Force -Path "$dists\apache-maven-$version", $tmp | Out-Null
    try {
        if (Get-ThroughInstalledMvn) {
            $source = 'the installed mvn'
        } else {
            $mirror = if ($env:LANEGRAD_MAVEN_ARCHIVE) { $env:LANEGRAD_MAVEN_ARCHIVE } else { 'https://archive.apache.org/dist' }
            $source = "$mirror/maven/maven-3/$version/binaries/$archive"
            [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
            try {
                Invoke-WebRequest -UseBasicParsing -Uri $source -OutFile "$tmp\$archive"
            } catch {
                throw "cannot fetch Maven $version from ${source}: $_"
            }
        }
        $sum = (Get-FileHash -Algorithm SHA512 -LiteralPath "$tmp\$archive").Hash.ToLowerInvariant()
        if ($sum -ne $sha512) {
            throw "refused $archive from ${source}: its SHA-512 is $sum, not the pinned $sha512"
        }
        & "$env:SystemRoot\System32\tar.exe" -xzf "$tmp\$archive" -C $tmp
        if ($LASTEXITCODE -ne 0) {
            throw "cannot unpack $archive"
        }
        if (-not (Find-Maven)) {
            Move-Item -LiteralPath "$tmp\apache-maven-$version" -Destination "$dists\apache-maven-$version\lanegrad"
        }
    } finally {
        Remove-Item -Recurse -Force -LiteralPath $tmp -ErrorAction SilentlyContinue
    }
}

$jdk = Find-Jdk
$pinned = @{}
foreach ($line in Get-Content -LiteralPath "$PSScriptRoot\maven-wrapper.properties") {
    if ($line -match '^(\w+)=(.+)$') {
        $pinned[$Matches[1]] = $Matches[2].Trim()
    }
}
$version = $pinned['mavenVersion']
$sha512 = $pinned['mavenSha512']
if (-not $version -or -not $sha512) {
    throw "$PSScriptRoot\maven-wrapper.properties must set mavenVersion and mavenSha512"
}
$user = if ($env:MAVEN_USER_HOME) { $env:MAVEN_USER_HOME } else { "$HOME\.m2" }
$dists = "$user\wrapper\dists"
if (-not (Find-Maven)) {
    Install-Maven
}
"JAVA_HOME=$jdk"
"LANEGRAD_MAVEN=$(Find-Maven)"
