# Called by lanegrad.cmd, does what the head of lanegrad does: builds when a source is newer than the last build, then prints
# JAVA_HOME=..., or what went wrong on stderr.
$ErrorActionPreference = 'Stop'
trap {
    [Console]::Error.WriteLine("lanegrad: $_")
    exit 1
}
. "$PSScriptRoot\find-jdk.ps1"

$root = Split-Path $PSScriptRoot
$modules = "$root\cli\target\modules"
$stamp = "$root\cli\target\built"
$log = "$root\target\build.log"

# Folders count too: theirs is the only time that changes when a file is deleted.
function Test-Fresh {
    foreach ($output in $stamp, $modules, "$root\bench\target\benchmarks.jar") {
        if (-not (Test-Path -LiteralPath $output)) {
            return $false
        }
    }
    $built = (Get-Item -LiteralPath $stamp).LastWriteTimeUtc
    $sources = @(Get-Item "$root\pom.xml", "$root\*\pom.xml", "$root\.mvn", "$root\build", "$root\*\src\main", "$root\src\main")
    $folders = $sources | Where-Object { $_.PSIsContainer } | ForEach-Object { $_.FullName }
    $sources += Get-ChildItem -Recurse -LiteralPath $folders
    return -not ($sources | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1)
}

function Invoke-Build {
    $why = if (Test-Path -LiteralPath $stamp) { 'sources changed' } else { 'first use' }
    [Console]::Error.WriteLine("building Lanegrad ($why) ...")
    if (Test-Path -LiteralPath $modules) {
        Remove-Item -Recurse -Force -LiteralPath $modules
    }
    New-Item -ItemType Directory -Force -Path "$root\cli\target", "$root\target" | Out-Null
    $started = [DateTime]::UtcNow
    # a native program's stderr, redirected, counts as an error otherwise
    $ErrorActionPreference = 'Continue'
    $env:JAVA_HOME = $jdk
    Push-Location -LiteralPath $root
    & "$root\mvnw.cmd" -B '-T1C' --no-transfer-progress -pl 'cli,bench' -am '-Dmaven.test.skip=true' package *> $log
    $code = $LASTEXITCODE
    Pop-Location
    if ($code -ne 0) {
        Get-Content -LiteralPath $log | Where-Object { $_ -match '^\[ERROR\] .*\w' -and $_ -notmatch '-> \[Help|\[Help \d\]' } |
            Select-Object -First 20 | ForEach-Object { [Console]::Error.WriteLine($_) }
        throw "the build failed, its log is $log"
    }
    New-Item -ItemType File -Force -Path $stamp | Out-Null
    (Get-Item -LiteralPath $stamp).LastWriteTimeUtc = $started
}

$jdk = Find-Jdk
if (-not (Test-Fresh)) {
    Invoke-Build
}
"JAVA_HOME=$jdk"
