@echo off
rem Runs the pinned Maven on a JDK that is new enough, whatever java and mvn are on the PATH: mvnw verify
setlocal
set "LANEGRAD_MAVEN="
for /f "usebackq tokens=1,* delims==" %%A in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0.mvn\wrapper\prepare.ps1"`) do set "%%A=%%B"
if not defined LANEGRAD_MAVEN exit /b 1
rem Maven's own use of Unsafe and native code makes JDK 24+ warn.
set "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED %MAVEN_OPTS%"
call "%LANEGRAD_MAVEN%" %*
exit /b %ERRORLEVEL%
