namespace Selfservice.Browser.Tests;
