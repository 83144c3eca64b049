# Sourced by the scripts behind mvnw.cmd and lanegrad.cmd. Find-Jdk returns the home of the JDK to use, by the rules of
# find-jdk.sh; LANEGRAD_JDKS, homes separated by semicolons, patterns allowed, replaces the usual places.

$jdkMinimum = 25

# The feature release of a JDK home, or 0: a run-time image without javac does not count.
function Get-JdkFeature([string] $jdk) {
    if (-not (Test-Path -LiteralPath "$jdk\bin\javac.exe") -or -not (Test-Path -LiteralPath "$jdk\release")) {
        return 0
    }
    foreach ($line in Get-Content -LiteralPath "$jdk\release") {
        if ($line -match '^JAVA_VERSION="(\d+)') {
            return [int] $Matches[1]
        }
    }
    return 0
}

function Get-UsualJdks {
    $javac = Get-Command javac.exe -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($javac) {
        Split-Path (Split-Path $javac.Source)
    }
    "$env:JDK_HOME"
    Get-ChildItem Env:JAVA_HOME_* | ForEach-Object { $_.Value }
    "$env:ProgramFiles\*\*jdk*"
    "$env:ProgramFiles\*\*zulu*"
    "$HOME\.jdks\*"
    "$HOME\.gradle\jdks\*"
    "$HOME\scoop\apps\*\current"
}

function Find-Jdk {
    if ($env:JAVA_HOME -and (Get-JdkFeature $env:JAVA_HOME) -ge $jdkMinimum) {
        return $env:JAVA_HOME
    }
    $places = if ($env:LANEGRAD_JDKS) { $env:LANEGRAD_JDKS -split ';' } else { Get-UsualJdks }
    $best = $null
    $bestFeature = [int]::MaxValue
    foreach ($jdk in Get-Item -Path ($places | Where-Object { $_ }) -ErrorAction SilentlyContinue) {
        $feature = Get-JdkFeature $jdk.FullName
        if ($feature -ge $jdkMinimum -and $feature -lt $bestFeature) {
            $best = $jdk.FullName
            $bestFeature = $feature
        }
    }
    if (-not $best) {
        $set = if ($env:JAVA_HOME) { " (JAVA_HOME is $env:JAVA_HOME)" } else { '' }
        throw "no JDK $jdkMinimum or newer found${set}: install one, for example Temurin $jdkMinimum from " +
            'https://adoptium.net, or point JAVA_HOME at it'
    }
    return $best
}
