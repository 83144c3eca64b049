@echo off
rem The lanegrad command: builds itself on first use and whenever a source is newer than the last build, then runs the cli
rem module on a JDK that is new enough. LANEGRAD_JAVA_OPTS goes to java before all else.
setlocal
for %%I in ("%~dp0.") do set "LANEGRAD_ROOT=%%~fI"
set "LANEGRAD_JAVA="
for /f "usebackq tokens=1,* delims==" %%A in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%LANEGRAD_ROOT%\.mvn\build-lanegrad.ps1"`) do if "%%A"=="JAVA_HOME" set "LANEGRAD_JAVA=%%B\bin\java.exe"
if not defined LANEGRAD_JAVA exit /b 1
"%LANEGRAD_JAVA%" %LANEGRAD_JAVA_OPTS% --enable-native-access=org.jline.nativ "-Dlanegrad.home=%LANEGRAD_ROOT%" -p "%LANEGRAD_ROOT%\cli\target\modules" -m dev.lanegrad.cli/dev.lanegrad.cli.Main %*
exit /b %ERRORLEVEL%
